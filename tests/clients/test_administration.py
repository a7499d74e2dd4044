"""A contact center is set up, changed and cleared away: once with the AWS CLI, once with the AWS SDK for JavaScript.

Both are written as for the real service, which has no waiters: what takes its time is asked for again and again.
"""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import requests
from moto.moto_api import state_manager

from connect_mock.resources.prompts import silence
from connect_mock.server import ThreadedServer

if TYPE_CHECKING:
    from tests.clients.command_line import CommandLine

PEOPLE = Path(__file__).with_name("people.csv")
CLAIM = "connect::phone_number"


@pytest.fixture
def script_environment(environment: dict[str, str], server: ThreadedServer) -> Iterator[dict[str, str]]:
    """The environment of a script that does not know whom it talks to. A number that it claims is there at the third look."""
    state_manager.set_transition(CLAIM, {"progression": "manual", "times": 3})
    yield environment | {"AWS_ENDPOINT_URL": server.endpoint_url}
    state_manager.unset_transition(CLAIM)


# --- the AWS SDK for JavaScript


def test_a_contact_center_is_administered_with_the_sdk_for_javascript(
    node_project: Path, script_environment: dict[str, str]
) -> None:
    command = ["node", "administration.mjs", str(PEOPLE)]
    done = subprocess.run(
        command, cwd=node_project, env=script_environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr


# --- the AWS CLI


@pytest.fixture
def command_line(script_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The AWS CLI that is installed for this Python."""
    if not find_spec("awscli"):
        pytest.skip("the AWS CLI is not installed for this Python: pip install awscli")
    from tests.clients.command_line import CommandLine

    for name, value in script_environment.items():
        monkeypatch.setenv(name, value)
    return CommandLine()


def test_a_contact_center_is_administered_with_the_aws_cli(command_line: CommandLine, tmp_path: Path) -> None:
    aws = command_line
    aws.keep("instance", f"{CREATE_INSTANCE} --query Id")
    before = inventory(aws)
    hours_have_holidays(aws)
    queues_keep_the_hours(aws)
    profiles_serve_the_queues(aws)
    people_come_from_a_list(aws)
    agents_transfer_with_quick_connects(aws)
    agents_take_breaks(aws)
    a_prompt_is_a_file(aws, tmp_path / "welcome.wav")
    a_number_is_claimed_in_its_time(aws)
    long_lists_come_in_parts(aws)
    people_are_found(aws)
    times_are_given_in_any_form_and_shown_in_seconds(aws)
    refusals_say_why(aws)
    people_move(aws)
    nothing_goes_before_what_needs_it(aws)
    everything_goes_in_order(aws)
    assert inventory(aws) == before
    aws("connect delete-instance --instance-id $instance")
    assert aws("connect list-instances") == {"InstanceSummaryList": []}


CREATE_INSTANCE = """connect create-instance --identity-management-type CONNECT_MANAGED --instance-alias globex
    --inbound-calls-enabled --outbound-calls-enabled"""

LISTS = {
    "describe-user-hierarchy-structure": "keys(HierarchyStructure)",
    "list-hours-of-operations": "HoursOfOperationSummaryList[].Name",
    "list-phone-numbers-v2": "ListPhoneNumbersSummaryList[].PhoneNumber",
    "list-prompts": "PromptSummaryList[].Name",
    "list-queues": "QueueSummaryList[].Id",
    "list-quick-connects": "QuickConnectSummaryList[].Name",
    "list-routing-profiles": "RoutingProfileSummaryList[].Name",
    "list-security-profiles": "SecurityProfileSummaryList[].Name",
    "list-user-hierarchy-groups": "UserHierarchyGroupSummaryList[].Name",
    "list-users": "UserSummaryList[].Username",
    "search-resource-tags": "Tags",
}


def inventory(aws: CommandLine) -> dict[str, list[str]]:
    """What there is of all that can be deleted again."""
    return {each: aws(f"connect {each} --instance-id $instance --query '{names}'") for each, names in LISTS.items()}


# --- setting up

WORKDAY = "StartTime={Hours=8,Minutes=30},EndTime={Hours=17,Minutes=0}"
WEEK = " ".join(f"Day={day},{WORKDAY}" for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"))
CHRISTMAS_EVE = "Day=TUESDAY,StartTime={Hours=9,Minutes=0},EndTime={Hours=12,Minutes=0}"


def hours_have_holidays(aws: CommandLine) -> None:
    aws.keep(
        "office",
        f"""connect create-hours-of-operation --instance-id $instance --name Office --time-zone Europe/Dublin
        --config {WEEK} --query HoursOfOperationId""",
    )
    override = "connect create-hours-of-operation-override --instance-id $instance --hours-of-operation-id $office"
    eve, christmas = ("2030-12-24", "2030-12-24"), ("2030-12-25", "2030-12-26")
    for name, config, (first, last) in (("Christmas Eve", CHRISTMAS_EVE, eve), ("Christmas", "[]", christmas)):
        aws(f"{override} --name '{name}' --config {config} --effective-from {first} --effective-till {last}")
    hours = aws("""connect get-effective-hours-of-operations --instance-id $instance --hours-of-operation-id $office
        --from-date 2030-12-23 --to-date 2030-12-27 --query 'EffectiveHoursOfOperationList[].OperationalHours[].End.Hours'""")
    assert hours == [17, 12, 17]


def queues_keep_the_hours(aws: CommandLine) -> None:
    for name in ("Sales", "Billing", "Overflow"):
        aws.keep(
            name,
            """connect create-queue --instance-id $instance --name $name --hours-of-operation-id $office --max-contacts 20
            --tags product=phones,team=$name --query QueueId""",
            name=name,
        )
    queue = aws("connect describe-queue --instance-id $instance --queue-id $Sales --query Queue")
    assert (queue["Name"], queue["Status"], queue["MaxContacts"]) == ("Sales", "ENABLED", 20)
    assert queue["Tags"] == {"product": "phones", "team": "Sales"}
    tags = "connect search-resource-tags --instance-id $instance --resource-types standard-queue --page-size 1"
    assert aws(f"{tags} --query 'Tags[].value'") == ["phones", "Billing", "Overflow", "Sales"]


def profiles_serve_the_queues(aws: CommandLine) -> None:
    for name in ("Sales", "Billing"):
        aws.keep(
            f"{name}_profile",
            """connect create-routing-profile --instance-id $instance --name '$name agents' --description 'They serve $name.'
            --default-outbound-queue-id $queue --media-concurrencies Channel=VOICE,Concurrency=1 Channel=CHAT,Concurrency=3
            --queue-configs 'QueueReference={QueueId=$queue,Channel=VOICE},Priority=1,Delay=0'
                'QueueReference={QueueId=$queue,Channel=CHAT},Priority=1,Delay=0'
                'QueueReference={QueueId=$Overflow,Channel=VOICE},Priority=2,Delay=30'
            --query RoutingProfileId""",
            name=name,
            queue=aws.variables[name],
        )
    aws.keep(
        "agent",
        """connect create-security-profile --instance-id $instance --security-profile-name 'Phone agent'
        --permissions BasicAgentAccess OutboundCallAccess --query SecurityProfileId""",
    )
    aws.keep(
        "supervisor",
        """connect list-security-profiles --instance-id $instance
        --query "SecurityProfileSummaryList[?Name=='CallCenterManager'].Id | [0]" """,
    )


def people_come_from_a_list(aws: CommandLine) -> None:
    aws("""connect update-user-hierarchy-structure --instance-id $instance
        --hierarchy-structure LevelOne={Name=Site},LevelTwo={Name=Team}""")
    for site in ("Dublin", "Kraków"):
        aws.keep(site, f"{CREATE_GROUP} --name {site}")
        for team in ("Billing", "Sales"):
            aws.keep(f"{site} {team}", f"{CREATE_GROUP} --name '{team}' --parent-group-id $parent", parent=aws.variables[site])
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        for person in csv.DictReader(file):
            aws.keep(person["username"], CREATE_USER, **person, **_places(aws, person))
    assert aws("connect list-users --instance-id $instance --query 'length(UserSummaryList)'") == 6


CREATE_GROUP = "connect create-user-hierarchy-group --instance-id $instance --query HierarchyGroupId"

CREATE_USER = """connect create-user --instance-id $instance --username $username --password 'Pass-w0rd'
    --identity-info "FirstName=$first_name,LastName=\\"$last_name\\"" --hierarchy-group-id $group
    --phone-config PhoneType=SOFT_PHONE,AutoAccept=true,AfterContactWorkTimeLimit=30 --routing-profile-id $routing_profile
    --security-profile-ids $security_profile --tags role=$role --query UserId"""


def _places(aws: CommandLine, person: dict[str, str]) -> dict[str, str]:
    """Where somebody of the list belongs."""
    return {
        "group": aws.variables[f"{person['site']} {person['team']}"],
        "routing_profile": aws.variables[f"{person['team']}_profile"],
        "security_profile": aws.variables[person["role"]],
    }


def agents_transfer_with_quick_connects(aws: CommandLine) -> None:
    create = "connect create-quick-connect --instance-id $instance --query QuickConnectId"
    for name, flow, config in (
        ("To Billing", "Default queue transfer", "QuickConnectType=QUEUE,QueueConfig={QueueId=$Billing,ContactFlowId=$flow}"),
        ("To Ada", "Default agent transfer", "QuickConnectType=USER,UserConfig={UserId=$ada,ContactFlowId=$flow}"),
        ("To the porter", "", "QuickConnectType=PHONE_NUMBER,PhoneConfig={PhoneNumber=+35315550100}"),
    ):
        ids = {"ada": aws.variables["ada.okafor"], "flow": _flow(aws, flow) if flow else ""}
        aws.keep(name, f"{create} --name '{name}' --quick-connect-config {config}", **ids)
    made = " ".join(aws.variables[name] for name in ("To Billing", "To Ada", "To the porter"))
    aws(f"connect associate-queue-quick-connects --instance-id $instance --queue-id $Sales --quick-connect-ids {made}")
    shown = "connect list-queue-quick-connects --instance-id $instance --queue-id $Sales --page-size 2"
    assert aws(f"{shown} --query 'QuickConnectSummaryList[].Name'") == ["To Billing", "To Ada", "To the porter"]


def _flow(aws: CommandLine, name: str) -> str:
    """The id of one of the instance's own flows."""
    query = f"ContactFlowSummaryList[?Name=='{name}'].Id | [0]"
    return str(aws(f'connect list-contact-flows --instance-id $instance --query "{query}"'))


def agents_take_breaks(aws: CommandLine) -> None:
    aws.keep(
        "lunch",
        """connect create-agent-status --instance-id $instance --name Lunch --state ENABLED --display-order 3
        --query AgentStatusId""",
    )
    statuses = "connect list-agent-statuses --instance-id $instance --query 'AgentStatusSummaryList[].[Name,Type]'"
    assert aws(statuses) == [["Available", "ROUTABLE"], ["Offline", "OFFLINE"], ["Lunch", "CUSTOM"]]
    aws(
        "connect put-user-status --instance-id $instance --user-id $ada --agent-status-id $lunch",
        ada=aws.variables["ada.okafor"],
    )


def a_prompt_is_a_file(aws: CommandLine, file: Path) -> None:
    file.write_bytes(silence() + b"welcome")
    aws("s3api create-bucket --bucket globex-audio")
    aws("s3 cp --only-show-errors $file s3://globex-audio/welcome.wav", file=str(file))
    aws.keep(
        "prompt",
        """connect create-prompt --instance-id $instance --name Welcome --s3-uri s3://globex-audio/welcome.wav
        --query PromptId""",
    )
    url = aws("connect get-prompt-file --instance-id $instance --prompt-id $prompt --query PromptPresignedUrl")
    assert requests.get(url, timeout=10).content == file.read_bytes()


def a_number_is_claimed_in_its_time(aws: CommandLine) -> None:
    search = "connect search-available-phone-numbers --instance-id $instance --phone-number-country-code IE"
    free = aws(f"{search} --phone-number-type DID --max-items 1 --query AvailableNumbersList[0].PhoneNumber")
    aws.keep(
        "number",
        "connect claim-phone-number --instance-id $instance --phone-number $free --tags line=main --query PhoneNumberId",
        free=free,
    )
    look = "connect describe-phone-number --phone-number-id $number --query ClaimedPhoneNumberSummary.PhoneNumberStatus.Status"
    assert [aws(look) for _ in range(3)] == ["IN_PROGRESS", "IN_PROGRESS", "CLAIMED"]
    aws("""connect update-queue-outbound-caller-config --instance-id $instance --queue-id $Sales
        --outbound-caller-config OutboundCallerIdName=Globex,OutboundCallerIdNumberId=$number""")


# --- looking


def long_lists_come_in_parts(aws: CommandLine) -> None:
    queues = "connect list-queues --instance-id $instance --page-size 1"
    everything = aws(f"{queues} --query 'QueueSummaryList[].Id'")
    first = aws(f"{queues} --max-items 4")
    rest = aws(f"{queues} --starting-token $token", token=first["NextToken"])
    assert len(first["QueueSummaryList"]) == 4
    assert "NextToken" not in rest
    assert [each["Id"] for each in first["QueueSummaryList"] + rest["QueueSummaryList"]] == everything
    assert len(everything) == 10  # the three, the one that was there, and those of six people


def people_are_found(aws: CommandLine) -> None:
    in_dublin = {"Value": aws.variables["Dublin"], "HierarchyGroupMatchType": "WITH_CHILD_GROUPS"}
    begins_with_o = {"FieldName": "LastName", "Value": "o'", "ComparisonType": "STARTS_WITH"}
    sells = {"FieldName": "RoutingProfileId", "Value": aws.variables["Sales_profile"]}
    either = {"OrConditions": [{"StringCondition": begins_with_o}, {"StringCondition": sells}]}
    criteria = json.dumps({"AndConditions": [{"HierarchyGroupCondition": in_dublin}, either]})
    search = "connect search-users --instance-id $instance --page-size 1"
    found = aws(f"{search} --search-criteria $criteria --query 'Users[].IdentityInfo.[FirstName,LastName]'", criteria=criteria)
    assert found == [["Seán", "O'Brien"], ["Zoë", "Ångström"]]
    supervisors = "TagFilter={TagCondition={TagKey=role,TagValue=supervisor}}"
    assert aws(f"{search} --search-filter {supervisors} --query 'Users[].Username'") == ["ines.ferreira"]


def times_are_given_in_any_form_and_shown_in_seconds(aws: CommandLine) -> None:
    opening = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=2)
    schedule = "connect start-task-contact --instance-id $instance --contact-flow-id $flow --name 'Call back'"
    flow = _flow(aws, "Sample inbound flow (first contact experience)")
    for given in (opening.isoformat(), str(opening.timestamp()), opening.astimezone(ZoneInfo("Asia/Tokyo")).isoformat()):
        contact = aws(f"{schedule} --scheduled-time {given} --query ContactId", flow=flow)
        look = f"connect describe-contact --instance-id $instance --contact-id {contact} --query Contact.ScheduledTimestamp"
        assert aws(look) == opening.timestamp()
        aws(f"connect stop-contact --instance-id $instance --contact-id {contact}")
    changed = aws("connect describe-queue --instance-id $instance --queue-id $Sales --query Queue.LastModifiedTime")
    assert abs(datetime.now(timezone.utc).timestamp() - changed) < 300


def refusals_say_why(aws: CommandLine) -> None:
    nowhere = "00000000-0000-0000-0000-000000000000"
    queue = "connect create-queue --instance-id $instance"
    for error, command in (
        ("DuplicateResourceException", f"{queue} --name Sales --hours-of-operation-id $office"),
        ("ResourceNotFoundException", f"{queue} --name Support --hours-of-operation-id {nowhere}"),
        ("ResourceNotFoundException", f"connect list-queues --instance-id {nowhere}"),
        ("InvalidParameterException", "connect list-queues --instance-id globex"),
        ("InvalidParameterException", "connect list-queues --instance-id $instance --queue-types FAST"),
        ("InvalidRequestException", f"{CREATE_INSTANCE} --tags again=yes"),
    ):
        assert aws.refused(command) == error, command


# --- changing


def people_move(aws: CommandLine) -> None:
    with_profile = """connect search-users --instance-id $instance
        --search-criteria StringCondition={FieldName=RoutingProfileId,Value=$it}"""
    movers = aws(f"{with_profile} --query 'Users[].Id'", it=aws.variables["Sales_profile"])
    for user in movers:
        where = f"--instance-id $instance --user-id {user}"
        aws(f"connect update-user-routing-profile {where} --routing-profile-id $Billing_profile")
        aws(f"connect update-user-security-profiles {where} --security-profile-ids $agent $supervisor")
        aws(f"connect update-user-hierarchy {where} --hierarchy-group-id $team", team=aws.variables["Dublin Billing"])
    assert (len(movers), aws(f"{with_profile} --query 'length(Users)'", it=aws.variables["Billing_profile"])) == (3, 6)
    user = aws(f"connect describe-user --instance-id $instance --user-id {movers[0]} --query User")
    assert user["HierarchyGroupId"] == aws.variables["Dublin Billing"]
    assert user["SecurityProfileIds"] == [aws.variables["agent"], aws.variables["supervisor"]]


# --- clearing away

DELETE = {
    "quick connects": "connect delete-quick-connect --instance-id $instance --quick-connect-id $it",
    "users": "connect delete-user --instance-id $instance --user-id $it",
    "routing profiles": "connect delete-routing-profile --instance-id $instance --routing-profile-id $it",
    "queues": "connect delete-queue --instance-id $instance --queue-id $it",
    "hours": "connect delete-hours-of-operation --instance-id $instance --hours-of-operation-id $it",
    "security profiles": "connect delete-security-profile --instance-id $instance --security-profile-id $it",
    "groups": "connect delete-user-hierarchy-group --instance-id $instance --hierarchy-group-id $it",
    "prompts": "connect delete-prompt --instance-id $instance --prompt-id $it",
    "numbers": "connect release-phone-number --phone-number-id $it",
}
NO_LEVELS = "connect update-user-hierarchy-structure --instance-id $instance --hierarchy-structure {}"


def nothing_goes_before_what_needs_it(aws: CommandLine) -> None:
    for error, kind, name in (
        ("InvalidRequestException", "hours", "office"),
        ("ResourceInUseException", "queues", "Overflow"),
        ("ResourceInUseException", "routing profiles", "Billing_profile"),
        ("ResourceInUseException", "security profiles", "agent"),
        ("ResourceInUseException", "groups", "Dublin"),
        ("ResourceInUseException", "groups", "Dublin Billing"),
    ):
        assert aws.refused(DELETE[kind], it=aws.variables[name]) == error, name
    assert aws.refused(NO_LEVELS) == "ResourceInUseException"


def everything_goes_in_order(aws: CommandLine) -> None:
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        usernames = [person["username"] for person in csv.DictReader(file)]
    sites = ("Dublin", "Kraków")
    groups = [*(f"{site} {team}" for site in sites for team in ("Billing", "Sales")), *sites]
    for kind, names in (
        ("quick connects", ["To Billing", "To Ada", "To the porter"]),
        ("users", usernames),
        ("routing profiles", ["Sales_profile", "Billing_profile"]),
        ("queues", ["Sales", "Billing", "Overflow"]),
        ("hours", ["office"]),
        ("security profiles", ["agent"]),
        ("groups", groups),
        ("prompts", ["prompt"]),
        ("numbers", ["number"]),
    ):
        for name in names:
            aws(DELETE[kind], it=aws.variables[name])
    assert aws.refused(DELETE["queues"], it=aws.variables["Sales"]) == "ResourceNotFoundException"
    aws(NO_LEVELS)
    aws("connect update-agent-status --instance-id $instance --agent-status-id $lunch --state DISABLED")
