"""AmazonConnect: what a test holds while `mock_connect` is in force."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import boto3

from connect_mock import clock, dispatch, ids, moto_bridge
from connect_mock.contact import Contact
from connect_mock.contacts import arrangements
from connect_mock.contacts.arrangements import Bot, ForcedError, Function
from connect_mock.contacts.starting_calls import receive_call
from connect_mock.imported_flows import exported_type, imported
from connect_mock.instance import Instance
from connect_mock.resources.contact_flow_modules import ContactFlowModule
from connect_mock.resources.contact_flows import ContactFlow
from connect_mock.resources.phone_numbers import PhoneNumber

if TYPE_CHECKING:
    from connect_mock.conversations import Call, Chat, Conversation, Email, Task

ANY_NUMBER = "+12065550100"
"""Who calls, when a test does not say."""


class AmazonConnect:
    """What a test holds: clients, an instance and the clock, each made when first asked for."""

    clock: ModuleType = clock
    """`clock.now()` and `clock.advance(seconds)`."""

    def __init__(self, region_name: str, account_id: str | None = None) -> None:
        self.region_name = region_name
        self.account_id = account_id
        self._conversations: list[Conversation] = []

    @functools.cached_property
    def client(self) -> Any:
        """A boto3 client of Amazon Connect."""
        return self._client("connect")

    @functools.cached_property
    def participant_client(self) -> Any:
        """A boto3 client of the Amazon Connect Participant Service."""
        return self._client("connectparticipant")

    @functools.cached_property
    def instance(self) -> dict[str, Any]:
        """An instance made for this test, as DescribeInstance shows it."""
        made = self.client.create_instance(
            IdentityManagementType="CONNECT_MANAGED",
            InstanceAlias=f"connect-mock-{ids.alphanumeric(8).lower()}",
            InboundCallsEnabled=True,
            OutboundCallsEnabled=True,
        )
        return cast("dict[str, Any]", self.client.describe_instance(InstanceId=made["Id"])["Instance"])

    @property
    def instance_id(self) -> str:
        """The id of `instance`."""
        return cast("str", self.instance["Id"])

    def _client(self, service: str) -> Any:
        client = boto3.client(service, region_name=self.region_name)  # type: ignore[call-overload]
        if self.account_id:
            client.meta.events.register(f"before-call.{client.meta.service_model.service_id.hyphenize()}", self._for_account)
        return client

    def _for_account(self, params: dict[str, Any], **_: Any) -> None:
        params["headers"]["x-moto-account-id"] = self.account_id

    # --- what flows need

    def queue(self, name: str, **members: Any) -> str:
        """Create a queue and return its ARN; with the hours that the instance came with, unless `members` say otherwise."""
        if "HoursOfOperationId" not in members:
            members["HoursOfOperationId"] = self._first("list_hours_of_operations", "HoursOfOperationSummaryList")
        return cast("str", self.client.create_queue(InstanceId=self.instance_id, Name=name, **members)["QueueArn"])

    def agent(self, username: str) -> str:
        """Create a user who can take contacts (`call.agent_accepts(username)`), and return the id."""
        made = self.client.create_user(
            InstanceId=self.instance_id,
            Username=username,
            Password="Passw0rd-of-a-test",
            IdentityInfo={"FirstName": username, "LastName": "Agent"},
            PhoneConfig={"PhoneType": "SOFT_PHONE"},
            RoutingProfileId=self._first("list_routing_profiles", "RoutingProfileSummaryList"),
            SecurityProfileIds=[self._first("list_security_profiles", "SecurityProfileSummaryList")],
        )
        return cast("str", made["UserId"])

    def _first(self, operation: str, member: str) -> str:
        return cast("str", getattr(self.client, operation)(InstanceId=self.instance_id)[member][0]["Id"])

    def flow(
        self,
        content: str | Path | Mapping[str, Any],
        *,
        name: str | None = None,
        type: str | None = None,
        replacing: Mapping[str, str] | None = None,
    ) -> str:
        """Publish a flow and return its id; one of that name gets the new content.

        An exported flow is imported as the console does it: the queues, prompts, flows and so on that it names are those of
        the same name in this instance.

        content: a file, or the content itself as text or object.
        name: the file's name without its ending, or "Flow", when it is not given.
        type: what the export says, or CONTACT_FLOW, when it is not given.
        replacing: texts in the content that are put in the place of others.
        Raises InvalidContactFlowException of the client, as CreateContactFlow does.
        """
        text, name = _read(content, name, replacing, "Flow")
        with dispatch.lock:
            text, existing = imported(self._instance, text), self._instance[ContactFlow].named(name)
        if existing:
            self.client.update_contact_flow_content(InstanceId=self.instance_id, ContactFlowId=existing.id, Content=text)
            return existing.id
        type = type or exported_type(text) or "CONTACT_FLOW"
        made = self.client.create_contact_flow(InstanceId=self.instance_id, Name=name, Type=type, Content=text)
        return cast("str", made["ContactFlowId"])

    def module(
        self,
        content: str | Path | Mapping[str, Any],
        *,
        name: str | None = None,
        contract: Mapping[str, Any] | None = None,
        replacing: Mapping[str, str] | None = None,
    ) -> str:
        """Publish a flow module and return its id; as `flow`.

        contract: input, resultData and transitions, as the parameter Settings of CreateContactFlowModule has them.
        """
        text, name = _read(content, name, replacing, "Module")
        with dispatch.lock:
            text, existing = imported(self._instance, text), self._instance[ContactFlowModule].named(name)
        asked = {"InstanceId": self.instance_id, "Content": text, "Settings": json.dumps(contract or {})}
        if existing:
            self.client.update_contact_flow_module_content(ContactFlowModuleId=existing.id, **asked)
            return existing.id
        return cast("str", self.client.create_contact_flow_module(Name=name, **asked)["Id"])

    # --- conversations

    def call(self, flow: Any = None, *, to: str | None = None, from_: str = ANY_NUMBER) -> Call:
        """A customer calls: a number of the instance (`to`) or a flow, by its id, ARN, name or file."""
        if (flow is None) == (to is None):
            raise TypeError("call takes either a flow or, with `to`, the number that is called")
        flow_id = self._flow_id(flow) if to is None else self._flow_of(to)
        with dispatch.lock:
            dispatch.catch_up()
            contact = receive_call(self._instance, to=to, from_=from_, contact_flow_id=flow_id)
        return cast("Call", self._conversation(contact.id))

    def chat(
        self, flow: Any, *, text: str | None = None, name: str = "Customer", attributes: Any = None, **members: Any
    ) -> Chat:
        """A customer starts a chat, with `text` as the first message; `members` are more of StartChatContact's."""
        if text is not None:
            members["InitialMessage"] = {"ContentType": "text/plain", "Content": text}
        started = self.client.start_chat_contact(
            InstanceId=self.instance_id, ContactFlowId=self._flow_id(flow), ParticipantDetails={"DisplayName": name},
            Attributes=attributes or {}, **members,
        )  # fmt: skip
        return cast("Chat", self._conversation(started["ContactId"]))

    def task(self, flow: Any, *, name: str = "Task", attributes: Any = None, **members: Any) -> Task:
        """A task starts; `members` are more of StartTaskContact's."""
        started = self.client.start_task_contact(
            InstanceId=self.instance_id, ContactFlowId=self._flow_id(flow), Name=name, Attributes=attributes or {}, **members
        )
        return cast("Task", self._conversation(started["ContactId"]))

    def email(
        self, flow: Any, *, subject: str = "Hello", body: str = "Hello", from_: str = "customer@example.com",
        to: str = "help@example.org", attributes: Any = None, **members: Any,
    ) -> Email:  # fmt: skip
        """An email comes in; `members` are more of StartEmailContact's."""
        raw = {"Subject": subject, "Body": body, "ContentType": "text/plain"}
        started = self.client.start_email_contact(
            InstanceId=self.instance_id, ContactFlowId=self._flow_id(flow), FromEmailAddress={"EmailAddress": from_},
            DestinationEmailAddress=to, EmailMessage={"MessageSourceType": "RAW", "RawMessage": raw},
            Attributes=attributes or {}, **members,
        )  # fmt: skip
        return cast("Email", self._conversation(started["ContactId"]))

    def conversation(self, contact_id: str) -> Conversation:
        """The conversation of a contact that was started in another way. Raises LookupError when there is no such contact."""
        return self._conversation(contact_id)

    @property
    def conversations(self) -> list[Conversation]:
        """Those of this test so far."""
        return list(self._conversations)

    # --- arrangements

    def lambda_function(self, name: str, handler: Function) -> None:
        """Have flows call `handler(event, context)` for the Lambda function of that ARN or name."""
        arrangements.current.functions[name] = handler

    def lex_bot(self, name: str, handler: Bot) -> None:
        """Have flows talk with `handler(text, session_attributes)` for the bot of that alias ARN, alias id or name.

        It answers a mapping of any of intent, slots, session_attributes, messages, sentiment, confidence, state,
        alternative_intents and finished, which is true where there is an intent.
        """
        arrangements.current.bots[name] = handler

    def force_error(
        self, action: str, error: str = "NoMatchingError", *, flow: str | None = None, times: float = float("inf")
    ) -> None:
        """Have an action, by its identifier or type, take an error branch: in any flow, or in that of a name, id or ARN."""
        arrangements.current.errors.append(ForcedError(action, error, flow, times))

    def draw(self, *percentages: int) -> None:
        """What DistributeByPercentage draws next, each from 1 to 100; then chance decides again."""
        if wrong := [each for each in percentages if not 1 <= each <= 100]:
            raise ValueError(f"percentages are from 1 to 100, got {wrong[0]}")
        arrangements.current.percentages.extend(percentages)

    def nobody_answers(self, number: str, reason: str = "TELECOM_UNANSWERED") -> None:
        """Have calls to that number not be answered: contacts end with the reason, transfers take their branch CallFailed."""
        arrangements.current.unreachable[number] = reason

    def record(self, kind: str, **fields: Any) -> None:
        """Something for flows to find: a CUSTOMER_PROFILE, a CASE, a DATA_TABLE_ROW ... with its fields."""
        arrangements.current.records.setdefault(kind, []).append(fields)

    # --- underneath

    def forget(self) -> None:
        """The state was emptied: what this made of it is gone."""
        vars(self).pop("instance", None)
        self._conversations.clear()

    @property
    def _backend(self) -> Any:
        account_id = self.account_id or moto_bridge.account_of({})
        return moto_bridge.connect_backends[account_id][self.region_name]

    @property
    def _instance(self) -> Instance:
        return cast("Instance", self._backend[Instance].get(self.instance_id))

    def _contact(self, contact_id: str) -> Contact:
        for instance in self._backend[Instance]:
            if found := instance[Contact].find(contact_id):
                return cast("Contact", found)
        raise LookupError(f"there is no contact {contact_id}")

    def _conversation(self, contact_id: str) -> Conversation:
        from connect_mock.conversations import KINDS  # brings the interpreter, which most tests do without

        with dispatch.lock:
            contact = self._contact(contact_id)
        made = KINDS[contact.channel](contact)
        self._conversations.append(made)
        return made

    def _flow_id(self, flow: Any) -> str:
        if _is_file(flow) or isinstance(flow, Mapping):
            return self.flow(flow)
        with dispatch.lock:
            named = self._instance[ContactFlow].named(flow)
        return named.id if named else str(flow)

    def _flow_of(self, number: str) -> str:
        """The flow of a phone number of the instance."""
        with dispatch.lock:
            numbers = [each for each in self._backend[PhoneNumber] if each.phone_number == number]
        if not numbers or not numbers[0].contact_flow_id:
            raise LookupError(f"{number} is not claimed" if not numbers else f"no flow is associated with {number}")
        return cast("str", numbers[0].contact_flow_id)


def _is_file(content: Any) -> bool:
    return isinstance(content, Path) or (isinstance(content, str) and content.endswith(".json"))


def _read(content: Any, name: str | None, replacing: Mapping[str, str] | None, otherwise: str) -> tuple[str, str]:
    """The text of the content, and the name."""
    if _is_file(content):
        text, name = Path(content).read_text(encoding="utf-8"), name or Path(content).stem
    else:
        text = content if isinstance(content, str) else json.dumps(content)
    for before, after in (replacing or {}).items():
        text = text.replace(before, after)
    return text, name or otherwise
