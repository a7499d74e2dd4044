// Administers a contact center with the AWS SDK for JavaScript, as one would the real service:
//
//     AWS_ENDPOINT_URL=http://127.0.0.1:5000 node administration.mjs people.csv
//
// Ends with an error at the first thing that is not as it should be.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as sdk from "@aws-sdk/client-connect";

const connect = new sdk.Connect({});
const people = read(process.argv[2]);

const { Id: InstanceId } = await connect.createInstance({
  IdentityManagementType: "CONNECT_MANAGED",
  InstanceAlias: "initech",
  InboundCallsEnabled: true,
  OutboundCallsEnabled: true,
});

const before = await inventory();
const hours = await openOnWeekdays();
const queues = await makeQueues("Support", "Returns", "Overflow");
const { profiles, agentProfile } = await makeProfiles();
const groups = await makeGroups();
const language = await makeLanguages();
const users = await hire();
const quickConnects = await makeQuickConnects();
const lunch = await makeLunchBreak();
const prompt = await recordWelcome();
const number = await claimNumber();
await lookAtLists();
await findPeople();
await planCallBack();
await meetErrors();
await mergeTeams();
await deleteTooEarly();
await deleteAll();
assert.deepEqual(await inventory(), before);
await connect.deleteInstance({ InstanceId });
assert.deepEqual((await connect.listInstances({})).InstanceSummaryList, []);

function read(path) {
  const [names, ...rows] = readFileSync(path, "utf8").trim().split(/\r?\n/).map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(row.map((value, column) => [names[column], value])));
}

// All items of a list, from pages of two.
async function all(operation, list, input = {}) {
  const found = [];
  for await (const page of sdk[`paginate${operation}`]({ client: connect, pageSize: 2 }, { InstanceId, ...input })) {
    assert.ok(page[list].length <= 2);
    found.push(...page[list]);
  }
  return found;
}

// What there is of all that can be deleted again.
async function inventory() {
  const { HierarchyStructure } = await connect.describeUserHierarchyStructure({ InstanceId });
  const lists = await Promise.all([
    all("ListHoursOfOperations", "HoursOfOperationSummaryList"),
    all("ListPhoneNumbersV2", "ListPhoneNumbersSummaryList"),
    all("ListPredefinedAttributes", "PredefinedAttributeSummaryList"),
    all("ListPrompts", "PromptSummaryList"),
    all("ListQueues", "QueueSummaryList"),
    all("ListQuickConnects", "QuickConnectSummaryList"),
    all("ListRoutingProfiles", "RoutingProfileSummaryList"),
    all("ListSecurityProfiles", "SecurityProfileSummaryList"),
    all("ListUserHierarchyGroups", "UserHierarchyGroupSummaryList"),
    all("ListUsers", "UserSummaryList"),
    all("SearchResourceTags", "Tags"),
  ]);
  return [HierarchyStructure, ...lists];
}

// --- setting up

async function openOnWeekdays() {
  const from = (Hours, Minutes) => ({ Hours, Minutes });
  const { HoursOfOperationId } = await connect.createHoursOfOperation({
    InstanceId,
    Name: "Weekdays",
    TimeZone: "America/Chicago",
    Config: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"].map((Day) => ({
      Day,
      StartTime: from(8, 0),
      EndTime: from(18, 0),
    })),
  });
  await connect.createHoursOfOperationOverride({
    InstanceId,
    HoursOfOperationId,
    Name: "Independence Day",
    EffectiveFrom: "2030-07-04",
    EffectiveTill: "2030-07-04",
    Config: [],
  });
  const { EffectiveHoursOfOperationList, EffectiveOverrideHoursList } = await connect.getEffectiveHoursOfOperations({
    InstanceId,
    HoursOfOperationId,
    FromDate: "2030-07-03",
    ToDate: "2030-07-05",
  });
  const open = EffectiveHoursOfOperationList.filter((day) => day.OperationalHours.length > 0);
  assert.deepEqual(open.map((day) => day.Date), ["2030-07-03", "2030-07-05"]);
  assert.deepEqual(EffectiveOverrideHoursList.map((day) => day.OverrideHours[0].OverrideName), ["Independence Day"]);
  return HoursOfOperationId;
}

async function makeQueues(...names) {
  const made = {};
  for (const Name of names) {
    const { QueueId, QueueArn } = await connect.createQueue({ InstanceId, Name, HoursOfOperationId: hours, MaxContacts: 50 });
    await connect.tagResource({ resourceArn: QueueArn, tags: { department: Name, "cost center": "17/4" } });
    made[Name] = QueueId;
  }
  const { Queue } = await connect.describeQueue({ InstanceId, QueueId: made.Support });
  assert.deepEqual(Queue.Tags, { department: "Support", "cost center": "17/4" });
  assert.ok(Queue.LastModifiedTime instanceof Date);
  const tags = await all("SearchResourceTags", "Tags", { ResourceTypes: ["standard-queue"] });
  assert.deepEqual(tags.map((tag) => tag.value), ["17/4", "Overflow", "Returns", "Support"]);
  return made;
}

async function makeProfiles() {
  const made = {};
  for (const [team, queue] of [["Sales", "Support"], ["Billing", "Returns"]]) {
    const { RoutingProfileId } = await connect.createRoutingProfile({
      InstanceId,
      Name: `${team} agents`,
      Description: `They serve ${queue}.`,
      DefaultOutboundQueueId: queues[queue],
      MediaConcurrencies: [{ Channel: "VOICE", Concurrency: 1 }, { Channel: "TASK", Concurrency: 5 }],
      QueueConfigs: [queue, "Overflow"].map((name, rank) => ({
        QueueReference: { QueueId: queues[name], Channel: "VOICE" },
        Priority: rank + 1,
        Delay: 20 * rank,
      })),
    });
    made[team] = RoutingProfileId;
  }
  const { SecurityProfileId } = await connect.createSecurityProfile({
    InstanceId,
    SecurityProfileName: "Phone agent",
    Permissions: ["BasicAgentAccess", "OutboundCallAccess"],
  });
  return { profiles: made, agentProfile: SecurityProfileId };
}

async function makeGroups() {
  await connect.updateUserHierarchyStructure({
    InstanceId,
    HierarchyStructure: { LevelOne: { Name: "Site" }, LevelTwo: { Name: "Team" } },
  });
  const made = {};
  const make = async (Name, ParentGroupId) =>
    (await connect.createUserHierarchyGroup({ InstanceId, Name, ParentGroupId })).HierarchyGroupId;
  for (const site of new Set(people.map((person) => person.site))) {
    made[site] = await make(site);
    for (const team of ["Billing", "Sales"]) made[`${site} ${team}`] = await make(team, made[site]);
  }
  return made;
}

async function makeLanguages() {
  const Values = { StringList: ["Irish", "Polish"] };
  await connect.createPredefinedAttribute({ InstanceId, Name: "Language", Values });
  return "Language";
}

async function hire() {
  const found = await all("ListSecurityProfiles", "SecurityProfileSummaryList");
  const manager = found.find((profile) => profile.Name === "CallCenterManager").Id;
  const made = await Promise.all(
    people.map(async (person) => {
      const { UserId } = await connect.createUser({
        InstanceId,
        Username: person.username,
        Password: "Pass-w0rd",
        IdentityInfo: { FirstName: person.first_name, LastName: person.last_name },
        PhoneConfig: { PhoneType: "SOFT_PHONE", AutoAccept: true, AfterContactWorkTimeLimit: 30 },
        RoutingProfileId: profiles[person.team],
        SecurityProfileIds: [person.role === "agent" ? agentProfile : manager],
        HierarchyGroupId: groups[`${person.site} ${person.team}`],
        Tags: { role: person.role },
      });
      const value = { Dublin: "Irish", Kraków: "Polish" }[person.site];
      const UserProficiencies = [{ AttributeName: language, AttributeValue: value, Level: person.role === "agent" ? 3 : 5 }];
      await connect.associateUserProficiencies({ InstanceId, UserId, UserProficiencies });
      return [person.username, UserId];
    }),
  );
  return Object.fromEntries(made);
}

async function makeQuickConnects() {
  const flows = await all("ListContactFlows", "ContactFlowSummaryList", {
    ContactFlowTypes: ["QUEUE_TRANSFER", "AGENT_TRANSFER"],
  });
  const flow = (type) => flows.find((each) => each.ContactFlowType === type).Id;
  const configs = {
    "To returns": {
      QuickConnectType: "QUEUE",
      QueueConfig: { QueueId: queues.Returns, ContactFlowId: flow("QUEUE_TRANSFER") },
    },
    "To Inês": {
      QuickConnectType: "USER",
      UserConfig: { UserId: users["ines.ferreira"], ContactFlowId: flow("AGENT_TRANSFER") },
    },
    "To the warehouse": { QuickConnectType: "PHONE_NUMBER", PhoneConfig: { PhoneNumber: "+13125550100" } },
  };
  const QuickConnectIds = [];
  for (const [Name, QuickConnectConfig] of Object.entries(configs)) {
    QuickConnectIds.push((await connect.createQuickConnect({ InstanceId, Name, QuickConnectConfig })).QuickConnectId);
  }
  await connect.associateQueueQuickConnects({ InstanceId, QueueId: queues.Support, QuickConnectIds });
  const shown = await all("ListQueueQuickConnects", "QuickConnectSummaryList", { QueueId: queues.Support });
  assert.deepEqual(shown.map((each) => each.Name), Object.keys(configs));
  return QuickConnectIds;
}

async function makeLunchBreak() {
  const { AgentStatusId } = await connect.createAgentStatus({ InstanceId, Name: "Lunch", State: "ENABLED", DisplayOrder: 3 });
  await connect.putUserStatus({ InstanceId, UserId: users["mina.park"], AgentStatusId });
  const custom = await all("ListAgentStatuses", "AgentStatusSummaryList", { AgentStatusTypes: ["CUSTOM"] });
  assert.deepEqual(custom.map((status) => [status.Name, status.Id]), [["Lunch", AgentStatusId]]);
  return AgentStatusId;
}

async function recordWelcome() {
  const { PromptId } = await connect.createPrompt({ InstanceId, Name: "Welcome", S3Uri: "s3://initech-audio/welcome.wav" });
  const { PromptPresignedUrl } = await connect.getPromptFile({ InstanceId, PromptId });
  const file = await (await fetch(PromptPresignedUrl)).text();
  assert.equal(file.slice(0, 4), "RIFF");
  return PromptId;
}

async function claimNumber() {
  const [free] = await all("SearchAvailablePhoneNumbers", "AvailableNumbersList", {
    PhoneNumberCountryCode: "US",
    PhoneNumberType: "TOLL_FREE",
  });
  const { PhoneNumberId } = await connect.claimPhoneNumber({ InstanceId, PhoneNumber: free.PhoneNumber });
  await assert.rejects(connect.releasePhoneNumber({ PhoneNumberId }), {
    name: "ResourceInUseException",
    ResourceType: "PHONE_NUMBER",
    ResourceId: PhoneNumberId,
  });
  const seen = [];
  while (seen.at(-1) !== "CLAIMED") {
    const { ClaimedPhoneNumberSummary } = await connect.describePhoneNumber({ PhoneNumberId });
    seen.push(ClaimedPhoneNumberSummary.PhoneNumberStatus.Status);
    assert.ok(seen.length <= 3, seen.join());
  }
  assert.deepEqual(seen, ["IN_PROGRESS", "IN_PROGRESS", "CLAIMED"]);
  await connect.updateQueueOutboundCallerConfig({
    InstanceId,
    QueueId: queues.Support,
    OutboundCallerConfig: { OutboundCallerIdName: "Initech", OutboundCallerIdNumberId: PhoneNumberId },
  });
  return PhoneNumberId;
}

// --- looking

async function lookAtLists() {
  const standard = await all("ListQueues", "QueueSummaryList", { QueueTypes: ["STANDARD"] });
  assert.deepEqual(standard.map((queue) => queue.Name), ["BasicQueue", ...Object.keys(queues)]);
  const agents = await all("ListQueues", "QueueSummaryList", { QueueTypes: ["AGENT"] });
  assert.deepEqual(new Set(agents.map((queue) => queue.Id)), new Set(Object.values(users)));
  const listed = await all("ListUsers", "UserSummaryList");
  assert.deepEqual(Object.fromEntries(listed.map((user) => [user.Username, user.Id])), users);
  const served = await all("ListRoutingProfileQueues", "RoutingProfileQueueConfigSummaryList", {
    RoutingProfileId: profiles.Sales,
  });
  const ranks = served.map((each) => [each.QueueName, each.Priority, each.Delay]);
  assert.deepEqual(ranks, [["Support", 1, 0], ["Overflow", 2, 20]]);
}

async function findPeople() {
  const find = async (SearchCriteria, SearchFilter) =>
    (await all("SearchUsers", "Users", { SearchCriteria, SearchFilter })).map((user) => user.Username).sort();
  const inGroup = (Value) => ({ HierarchyGroupCondition: { Value, HierarchyGroupMatchType: "WITH_CHILD_GROUPS" } });
  const text = (FieldName, Value, ComparisonType) => ({ StringCondition: { FieldName, Value, ComparisonType } });
  const fluent = [
    { StringCondition: { FieldName: "value", Value: "Polish", ComparisonType: "EXACT" } },
    { NumberCondition: { FieldName: "limit", MinValue: 4, ComparisonType: "GREATER_OR_EQUAL" } },
  ];

  const either = { OrConditions: [text("FirstName", "mi", "STARTS_WITH"), text("LastName", "å", "STARTS_WITH")] };
  assert.deepEqual(await find(either), ["mina.park", "zoe.angstrom"]);
  assert.deepEqual(await find({ AndConditions: [inGroup(groups.Dublin), either] }), ["zoe.angstrom"]);
  assert.deepEqual(await find({ ListCondition: { TargetListType: "PROFICIENCIES", Conditions: fluent } }), ["ines.ferreira"]);
  const supervisors = { TagFilter: { TagCondition: { TagKey: "role", TagValue: "supervisor" } } };
  assert.deepEqual(await find(undefined, supervisors), ["ines.ferreira"]);
}

async function planCallBack() {
  const [flow] = await all("ListContactFlows", "ContactFlowSummaryList", { ContactFlowTypes: ["CONTACT_FLOW"] });
  const hour = 60 * 60 * 1000;
  const tomorrow = new Date(Math.ceil(Date.now() / hour) * hour + 24 * hour);
  const later = new Date(tomorrow.getTime() + hour);
  const { ContactId } = await connect.startTaskContact({
    InstanceId,
    ContactFlowId: flow.Id,
    Name: "Call back",
    ScheduledTime: tomorrow,
  });
  const scheduled = async () => (await connect.describeContact({ InstanceId, ContactId })).Contact.ScheduledTimestamp;
  assert.deepEqual(await scheduled(), tomorrow);
  await connect.updateContactSchedule({ InstanceId, ContactId, ScheduledTime: later });
  assert.deepEqual(await scheduled(), later);
  const TimeRange = { Type: "SCHEDULED_TIMESTAMP", StartTime: later, EndTime: new Date(later.getTime() + 1) };
  const found = await all("SearchContacts", "Contacts", { TimeRange });
  assert.deepEqual(found.map((contact) => contact.Id), [ContactId]);
  await connect.stopContact({ InstanceId, ContactId });
}

async function meetErrors() {
  const taken = { InstanceId, Name: "Support", HoursOfOperationId: hours };
  const refusals = [
    [sdk.DuplicateResourceException, 409, () => connect.createQueue(taken)],
    [sdk.ResourceNotFoundException, 404, () => connect.describeQueue({ InstanceId, QueueId: "none" })],
    [sdk.InvalidParameterException, 400, () => connect.listQueues({ InstanceId, NextToken: "none" })],
    [sdk.InvalidParameterException, 400, () => connect.listQueues({ InstanceId: "initech" })],
  ];
  for (const [kind, status, call] of refusals) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof kind, `${kind.name}: ${error}`);
      assert.ok(error instanceof sdk.ConnectServiceException);
      assert.equal(error.name, kind.name);
      assert.deepEqual([error.$fault, error.$metadata.httpStatusCode], ["client", status]);
      assert.ok(error.message && error.$metadata.requestId, kind.name);
      return true;
    });
  }
}

// --- changing

async function mergeTeams() {
  for (const person of people.filter((each) => each.team === "Sales")) {
    const user = { InstanceId, UserId: users[person.username] };
    await connect.updateUserRoutingProfile({ ...user, RoutingProfileId: profiles.Billing });
    await connect.updateUserHierarchy({ ...user, HierarchyGroupId: groups[`${person.site} Billing`] });
  }
  await connect.updateRoutingProfileName({ InstanceId, RoutingProfileId: profiles.Billing, Name: "All agents" });
  const { RoutingProfile } = await connect.describeRoutingProfile({ InstanceId, RoutingProfileId: profiles.Billing });
  assert.deepEqual([RoutingProfile.Name, RoutingProfile.NumberOfAssociatedUsers], ["All agents", people.length]);
  const { User } = await connect.describeUser({ InstanceId, UserId: users["mina.park"] });
  assert.equal(User.HierarchyGroupId, groups["Kraków Billing"]);
  await connect.deleteRoutingProfile({ InstanceId, RoutingProfileId: profiles.Sales });
}

// --- clearing away

async function deleteTooEarly() {
  const refusals = [
    [sdk.InvalidRequestException, () => connect.deleteHoursOfOperation({ InstanceId, HoursOfOperationId: hours })],
    [sdk.ResourceInUseException, () => connect.deleteQueue({ InstanceId, QueueId: queues.Returns })],
    [sdk.ResourceInUseException, () => connect.deleteRoutingProfile({ InstanceId, RoutingProfileId: profiles.Billing })],
    [sdk.ResourceInUseException, () => connect.deleteSecurityProfile({ InstanceId, SecurityProfileId: agentProfile })],
    [sdk.ResourceInUseException, () => connect.deletePredefinedAttribute({ InstanceId, Name: language })],
    [sdk.ResourceInUseException, () => connect.updateUserHierarchyStructure({ InstanceId, HierarchyStructure: {} })],
  ];
  for (const [kind, call] of refusals) await assert.rejects(call, kind);
  const HierarchyGroupId = groups["Kraków Billing"];
  await assert.rejects(connect.deleteUserHierarchyGroup({ InstanceId, HierarchyGroupId }), {
    name: "ResourceInUseException",
    ResourceType: "HIERARCHY_GROUP",
    ResourceId: HierarchyGroupId,
  });
}

async function deleteAll() {
  for (const QuickConnectId of quickConnects) await connect.deleteQuickConnect({ InstanceId, QuickConnectId });
  await Promise.all(Object.values(users).map((UserId) => connect.deleteUser({ InstanceId, UserId })));
  await connect.deletePredefinedAttribute({ InstanceId, Name: language });
  await connect.deleteRoutingProfile({ InstanceId, RoutingProfileId: profiles.Billing });
  for (const QueueId of Object.values(queues)) await connect.deleteQueue({ InstanceId, QueueId });
  await connect.deleteHoursOfOperation({ InstanceId, HoursOfOperationId: hours });
  await connect.deleteSecurityProfile({ InstanceId, SecurityProfileId: agentProfile });
  for (const HierarchyGroupId of Object.values(groups).reverse()) {
    await connect.deleteUserHierarchyGroup({ InstanceId, HierarchyGroupId }); // teams before their sites
  }
  await connect.updateUserHierarchyStructure({ InstanceId, HierarchyStructure: {} });
  await connect.deletePrompt({ InstanceId, PromptId: prompt });
  await connect.releasePhoneNumber({ PhoneNumberId: number });
  await connect.updateAgentStatus({ InstanceId, AgentStatusId: lunch, State: "DISABLED" }); // there is no way to delete one
  await assert.rejects(connect.describePhoneNumber({ PhoneNumberId: number }), sdk.ResourceNotFoundException);
}
