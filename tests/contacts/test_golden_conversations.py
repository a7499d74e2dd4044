"""Conversations that people have read, with flows as they are exported from the console.

`flows/` has the flows, `conversations/` what was said. The ids in the flows are placeholders such as `${Queue:Billing}`, and
`deploy` puts those of the instance in their place.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine

from connect_mock import cli
from connect_mock.conversations import Conversation

FLOWS = Path(__file__).parent / "flows"
CONVERSATIONS = Path(__file__).parent / "conversations"
EXAMPLE = Path(__file__).parents[2] / "examples" / "billing_menu" / "flow.json"
PLACEHOLDER = re.compile(r"\$\{(?P<kind>\w+)(?::(?P<name>[^}]+))?\}")

TYPES = {
    "contactFlow": "CONTACT_FLOW",
    "customerQueue": "CUSTOMER_QUEUE",
    "customerHold": "CUSTOMER_HOLD",
    "customerWhisper": "CUSTOMER_WHISPER",
    "agentHold": "AGENT_HOLD",
    "agentWhisper": "AGENT_WHISPER",
}
"""Types of flows by their names in exports."""

YES_OR_NO = {
    "input": {"schema": {"type": "object", "properties": {"question": {"type": "string"}}}},
    "resultData": {"schema": {"type": "object", "properties": {"answer": {"type": "string"}}}},
    "transitions": {"results": [{"name": name, "description": ""} for name in ("Yes", "No", "Unclear")]},
}
"""What the module asks of its callers, and answers them."""

ORCHARD_BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/ORCHARDBOT/TSTALIASID"


def type_of(file: Path) -> str:
    """The type of an exported flow; modules have none."""
    exported = json.loads(file.read_text(encoding="utf-8"))["Metadata"].get("type")
    return TYPES[exported] if exported else "MODULE"


class Deployment:
    """Publishes flows, after whatever they name."""

    def __init__(self, amazon_connect: Any) -> None:
        self.amazon_connect = amazon_connect
        self.make = {"Queue": self.queue, "Hours": self.hours, "Prompt": self.prompt, "Flow": self.flow, "Module": self.module}

    def flow(self, name: str) -> str:
        """The id of the flow in that file."""
        file = FLOWS / f"{name}.json"
        return str(self.amazon_connect.flow(file, type=type_of(file), replacing=self._ids_in(file)))

    def module(self, name: str) -> str:
        """The id of the module in that file."""
        file = FLOWS / f"{name}.json"
        return str(self.amazon_connect.module(file, contract=YES_OR_NO, replacing=self._ids_in(file)))

    def _ids_in(self, file: Path) -> dict[str, str]:
        return {
            found[0]: self._id(found["kind"], found["name"])
            for found in PLACEHOLDER.finditer(file.read_text(encoding="utf-8"))
        }

    def _id(self, kind: str, name: str) -> str:
        return str(self.amazon_connect.instance_id) if kind == "Instance" else self.make[kind](name)

    def queue(self, name: str, **members: Any) -> str:
        """The id of a queue, which is made when it is not there yet."""
        known = self._named("list_queues", "QueueSummaryList", name)
        hours = self.hours("Basic Hours")
        return known or self._call("create_queue", Name=name, HoursOfOperationId=hours, **members)["QueueId"]

    def hours(self, name: str) -> str:
        """The id of the hours of operation."""
        return self._named("list_hours_of_operations", "HoursOfOperationSummaryList", name)

    def prompt(self, name: str) -> str:
        """The id of a prompt of the instance."""
        return self._named("list_prompts", "PromptSummaryList", name)

    def _named(self, operation: str, member: str, name: str) -> str:
        found = self._call(operation)[member]
        return next((str(each["Id"]) for each in found if each.get("Name") == name), "")

    def _call(self, operation: str, **members: Any) -> Any:
        return getattr(self.amazon_connect.client, operation)(InstanceId=self.amazon_connect.instance_id, **members)


@pytest.fixture
def deploy(amazon_connect: Any) -> Deployment:
    """Publishes flows."""
    return Deployment(amazon_connect)


def plays(conversation: Conversation, name: str) -> None:
    conversation.plays(CONVERSATIONS / f"{name}.txt")


# --- menus and input


def test_a_power_cut_goes_to_the_front_of_its_queue(amazon_connect: Any, deploy: Deployment) -> None:
    call = amazon_connect.call(deploy.flow("main_menu"))
    plays(call, "main_menu_power_cut")
    assert call.attributes == {"reason": "power cut"}
    assert described(amazon_connect, call)["QueuePriority"] == 1


def test_whoever_gives_no_answer_gets_an_operator(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.call(deploy.flow("main_menu")), "main_menu_no_answer")


class Bank:
    """The Lambda function `check-pin`, which locks an account at the third wrong PIN of all calls."""

    def __init__(self, wrong: int = 0) -> None:
        self.wrong = wrong

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, str]:
        if event["Details"]["Parameters"] == {"account": "12345678", "pin": "2580"}:
            return {"result": "ok", "name": "Ana Lima", "balance": "1204.50"}
        self.wrong += 1
        return {"result": "locked" if self.wrong == 3 else "wrong"}


def test_a_customer_remembers_the_pin_at_the_second_attempt(amazon_connect: Any, deploy: Deployment) -> None:
    amazon_connect.lambda_function("check-pin", Bank())
    call = amazon_connect.call(deploy.flow("account_authentication"))
    plays(call, "authentication_second_attempt")
    assert call.attributes["authenticated"] == "yes"
    assert [each.parameters["pin"] for each in call.lambda_calls] == ["0852", "2580"]


def test_an_account_is_locked_after_three_attempts(amazon_connect: Any, deploy: Deployment) -> None:
    amazon_connect.lambda_function("check-pin", Bank())
    plays(amazon_connect.call(deploy.flow("account_authentication")), "authentication_locked")


def test_a_slow_function_is_no_reason_to_hang_up(amazon_connect: Any, deploy: Deployment) -> None:
    def check_pin(event: dict[str, Any], context: Any) -> dict[str, str]:
        amazon_connect.clock.advance(4)
        return {"result": "ok"}

    amazon_connect.lambda_function("check-pin", check_pin)
    plays(amazon_connect.call(deploy.flow("account_authentication")), "authentication_slow_function")


def described(amazon_connect: Any, conversation: Conversation) -> dict[str, Any]:
    """The contact as DescribeContact shows it."""
    asked = {"InstanceId": amazon_connect.instance_id, "ContactId": conversation.contact_id}
    return dict(amazon_connect.client.describe_contact(**asked)["Contact"])


# --- queues


@pytest.fixture
def callback(amazon_connect: Any, deploy: Deployment) -> Conversation:
    """The callback for a caller who was tired of waiting."""
    call = amazon_connect.call(deploy.flow("support"))
    plays(call, "support_callback")
    asked = {"InstanceId": amazon_connect.instance_id, "ContactId": call.contact_id}
    associated = amazon_connect.client.list_associated_contacts(**asked)["ContactSummaryList"]
    (found,) = (each["ContactId"] for each in associated if each["InitiationMethod"] == "CALLBACK")
    made: Conversation = amazon_connect.conversation(found)
    return made


@pytest.mark.usefixtures("agent")
@pytest.mark.amazon_connect(denied_destinations=("+1900",))
def test_a_caller_who_is_tired_of_waiting_is_called_back(callback: Conversation) -> None:
    plays(callback, "support_called_back")


@pytest.mark.usefixtures("agent")
@pytest.mark.amazon_connect(denied_destinations=("+1900",))
def test_a_caller_who_is_not_there_is_called_back_twice(amazon_connect: Any, callback: Conversation) -> None:
    amazon_connect.nobody_answers("+12065550142")
    plays(callback, "support_called_in_vain")


def test_a_full_queue_leads_to_the_other_team(amazon_connect: Any, deploy: Deployment) -> None:
    deploy.queue("Orders", MaxContacts=1)
    deploy.queue("Overflow", MaxContacts=1)
    flow = deploy.flow("orders")
    first, second, third = (amazon_connect.call(flow) for _ in range(3))
    assert first.queue == "Orders"
    plays(second, "orders_overflow")
    plays(third, "orders_too_busy")


def test_who_has_waited_too_long_goes_to_the_other_team(amazon_connect: Any, deploy: Deployment) -> None:
    call = amazon_connect.call(deploy.flow("orders"))
    plays(call, "orders_moved")
    assert described(amazon_connect, call)["InitiationMethod"] == "QUEUE_TRANSFER"


def test_a_caller_keeps_the_place_in_the_queue_while_the_other_team_is_busy(amazon_connect: Any, deploy: Deployment) -> None:
    deploy.queue("Overflow", MaxContacts=0)
    plays(amazon_connect.call(deploy.flow("orders")), "orders_not_moved")


# --- hours and chance

OFFICE_DAY = {"StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 0}}
MORNING = {"StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 13, "Minutes": 0}}


@pytest.fixture
def office(amazon_connect: Any) -> None:
    """The office in London is open from nine to five, in the morning alone on Christmas Eve, and not at Christmas."""
    client, instance_id = amazon_connect.client, amazon_connect.instance_id
    week = [{"Day": day, **OFFICE_DAY} for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")]
    made = client.create_hours_of_operation(InstanceId=instance_id, Name="Office", TimeZone="Europe/London", Config=week)
    days: dict[str, list[dict[str, Any]]] = {"2026-12-24": [{"Day": "THURSDAY", **MORNING}], "2026-12-25": []}
    for date, config in days.items():
        client.create_hours_of_operation_override(
            InstanceId=instance_id, HoursOfOperationId=made["HoursOfOperationId"], Name=f"Christmas {date}", Config=config,
            EffectiveFrom=date, EffectiveTill=date,
        )  # fmt: skip


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("time", "conversation"),
    [
        ("2026-12-23T16:59", "office_open"),
        ("2026-12-23T17:00", "office_closed"),
        ("2026-12-24T12:59", "office_open"),
        ("2026-12-24T13:00", "office_closed"),
        ("2026-12-25T10:00", "office_closed"),
    ],
)
def test_the_office_is_closed_at_night_and_on_holidays(
    amazon_connect: Any, deploy: Deployment, time: str, conversation: str
) -> None:
    flow = deploy.flow("opening_hours")
    with time_machine.travel(f"{time}:00+00:00", tick=False):
        plays(amazon_connect.call(flow), conversation)


@pytest.mark.parametrize(
    ("percentage", "conversation"),
    [(10, "greeting_joke"), (11, "greeting_short"), (40, "greeting_short"), (41, "greeting_classic")],
)
def test_a_tenth_of_the_callers_hears_a_joke(
    amazon_connect: Any, deploy: Deployment, percentage: int, conversation: str
) -> None:
    amazon_connect.draw(percentage)
    call = amazon_connect.call(deploy.flow("greeting_experiment"))
    plays(call, conversation)
    assert f"greeting_{call.attributes['variant']}" == conversation


# --- agents


@pytest.mark.usefixtures("agent")
def test_a_premium_customer_is_announced_and_held(amazon_connect: Any, deploy: Deployment) -> None:
    amazon_connect.record(
        "CUSTOMER_PROFILE", FirstName="Bo", LastName="Berg", PhoneNumber="+12065550123", Attributes={"since": "1998"}
    )
    plays(amazon_connect.call(deploy.flow("premium_line"), from_="+12065550123"), "premium_customer")


@pytest.mark.usefixtures("agent")
def test_an_unhappy_customer_leaves_a_score_and_a_task(amazon_connect: Any, deploy: Deployment) -> None:
    saved: list[Any] = []
    amazon_connect.lambda_function("save-survey", lambda event, _: saved.append(event["Details"]["Parameters"]))
    call = amazon_connect.call(deploy.flow("care_line"))
    first = call.contact_id
    plays(call, "survey_unhappy")
    assert saved == [{"score": "2", "solved": "no", "call": first}]


@pytest.mark.usefixtures("agent")
def test_a_customer_who_presses_nothing_is_not_kept(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.call(deploy.flow("care_line")), "survey_silence")


# --- chats


def assistant(text: str, session: dict[str, Any]) -> dict[str, Any]:
    """The shop's Lex bot."""
    order = re.search(r"\d+", text)
    if order:
        return {"intent": "OrderStatus", "slots": {"order": order[0]}}
    if "order" in text:
        return {"messages": ["What is the number of your order?"], "session_attributes": {"asked": "yes"}}
    if "no" in text.split():
        return {"intent": "Nothing"}
    return {"intent": "FallbackIntent", "sentiment": "NEGATIVE" if "useless" in text else "NEUTRAL"}


def find_order(event: dict[str, Any], context: Any) -> dict[str, str]:
    """The Lambda function `find-order`."""
    orders = {"77": {"state": "shipped", "date": "March 3"}, "78": {"state": "packing"}}
    return orders.get(event["Details"]["Parameters"]["order"], {"state": "unknown"})


@pytest.fixture
def bot(amazon_connect: Any) -> None:
    """The shop's bot, and the function that knows the orders."""
    amazon_connect.client.associate_bot(InstanceId=amazon_connect.instance_id, LexV2Bot={"AliasArn": ORCHARD_BOT})
    amazon_connect.lex_bot("ORCHARDBOT", assistant)
    amazon_connect.lambda_function("find-order", find_order)


@pytest.mark.usefixtures("agent", "bot")
def test_a_bot_hands_an_angry_customer_over(amazon_connect: Any, deploy: Deployment) -> None:
    chat = amazon_connect.chat(deploy.flow("shop_chat"))
    plays(chat, "shop_chat_angry_customer")
    assert chat.attributes == {"intent": "FallbackIntent", "mood": "NEGATIVE"}


@pytest.mark.usefixtures("bot")
def test_a_bot_says_goodbye(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.chat(deploy.flow("shop_chat")), "shop_chat_goodbye")


@pytest.mark.usefixtures("bot")
def test_a_chat_is_closed_when_its_customer_writes_nothing(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.chat(deploy.flow("shop_chat")), "shop_chat_silence")


@pytest.mark.usefixtures("agent")
def test_a_customer_comes_back_to_the_chat(amazon_connect: Any, deploy: Deployment) -> None:
    chat = amazon_connect.chat(deploy.flow("help_chat"), text="My heating is cold")
    plays(chat, "help_chat_returned")
    assert chat.attributes == {"returned": "yes"}
    assert described(amazon_connect, chat)["QueuePriority"] == 1


@pytest.mark.usefixtures("agent")
def test_a_chat_is_closed_ten_minutes_after_its_agent_left(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.chat(deploy.flow("help_chat"), text="My heating is cold"), "help_chat_closed")


# --- tasks and emails


@pytest.mark.usefixtures("agent")
def test_a_large_refund_needs_an_approval(amazon_connect: Any, deploy: Deployment) -> None:
    task = amazon_connect.task(deploy.flow("task_routing"), attributes={"kind": "refund", "amount": "501"})
    plays(task, "task_large_refund")
    shown = described(amazon_connect, task)
    assert (shown["Description"], shown["QueuePriority"], shown["Tags"]["size"]) == (
        "Refund of 501 euros, needs a second signature", 1, "large",
    )  # fmt: skip


def test_a_newsletter_can_wait_for_an_hour(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.task(deploy.flow("task_routing"), attributes={"kind": "newsletter"}), "task_newsletter")


@pytest.mark.parametrize(
    ("subject", "body", "conversation"),
    [
        ("My order", "I want a refund for two socks.", "mail_refund"),
        ("Invoice 17", "Please send it again.", "mail_invoice"),
        ("URGENT: locked out", "I forgot my password!", "mail_password"),
        ("Hello", "Do you sell gift cards?", "mail_classified"),
        ("Hello", "asdf", "mail_unclear"),
    ],
)
def test_an_email_is_routed_by_its_text(
    amazon_connect: Any, deploy: Deployment, subject: str, body: str, conversation: str
) -> None:
    sales = deploy.queue("Sales")
    amazon_connect.lambda_function(
        "classify-mail", lambda event, _: {"queue": sales} if "gift" in event["Details"]["Parameters"]["text"] else {}
    )
    plays(amazon_connect.email(deploy.flow("mail_routing"), subject=subject, body=body), conversation)


# --- calls to others


@pytest.fixture
def reminded(amazon_connect: Any, deploy: Deployment) -> Conversation:
    """A patient who was called."""
    contact = amazon_connect.client.start_outbound_voice_contact(
        InstanceId=amazon_connect.instance_id, ContactFlowId=deploy.flow("appointment_reminder"),
        DestinationPhoneNumber="+12065550123", SourcePhoneNumber="+12065550199",
        Attributes={"day": "Monday", "time": "10:30"},
    )  # fmt: skip
    made: Conversation = amazon_connect.conversation(contact["ContactId"])
    return made


def test_a_patient_confirms_an_appointment(amazon_connect: Any, reminded: Conversation) -> None:
    amazon_connect.lambda_function("send-directions", lambda event, context: {})
    plays(reminded, "appointment_confirmed")
    assert reminded.attributes["coming"] == "yes"
    assert reminded.lambda_calls[0].parameters == {"number": "+12065550123", "day": "Monday"}


def test_a_patient_wants_another_day(reminded: Conversation) -> None:
    plays(reminded, "appointment_cancelled")


def test_a_patient_who_says_nothing_is_called_again(reminded: Conversation) -> None:
    plays(reminded, "appointment_unclear")
    assert reminded.attributes["coming"] == "unclear"


def test_the_second_tow_truck_is_called_when_the_first_is_busy(amazon_connect: Any, deploy: Deployment) -> None:
    amazon_connect.nobody_answers("+441632960111", "TELECOM_BUSY")
    plays(amazon_connect.call(deploy.flow("roadside")), "roadside_second_truck")


def test_an_agent_helps_when_no_tow_truck_comes(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.call(deploy.flow("roadside")), "roadside_no_truck")


def test_a_driver_in_danger_is_connected_with_the_emergency_line(amazon_connect: Any, deploy: Deployment) -> None:
    plays(amazon_connect.call(deploy.flow("roadside")), "roadside_emergency")


# --- the flows themselves


@pytest.mark.parametrize("file", [*sorted(FLOWS.glob("*.json")), EXAMPLE], ids=lambda file: file.stem)
def test_a_flow_has_no_problems(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", "--type", type_of(file), str(file)]) == 0
    assert capsys.readouterr().out == "1 file: 0 errors, 0 warnings\n"


def test_each_conversation_has_its_test() -> None:
    named = re.findall(r'"(\w+)"', Path(__file__).read_text(encoding="utf-8"))
    assert {file.stem for file in CONVERSATIONS.glob("*.txt")} <= set(named)
