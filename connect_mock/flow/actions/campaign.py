"""Actions of campaign flows, which run for a recipient and not for a contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from connect_mock.flow.actions.interactions import keep_answer
from connect_mock.flow.actions.registry import Action, action
from connect_mock.flow.host import ContactKind, Host, LambdaCall
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Next, Outcome
from connect_mock.flow.references import text_of


@dataclass(frozen=True, kw_only=True)
class Communication(Action):
    """Something that goes out to the recipient: $.OutboundCommunication.Latest.Id."""

    kind: ClassVar[ContactKind]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Send it."""
        memory.namespaces["OutboundCommunication"] = {"Latest": {"Id": host.start_contact(self.kind, self.given)}}
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class SendSMS(Communication):
    """A text message from a template."""

    kind = "SMS"

    message: Mapping[str, Any]
    source_endpoint: Mapping[str, Any]


@action
@dataclass(frozen=True, kw_only=True)
class SendOutboundEmail(Communication):
    """An e-mail from a template."""

    kind = "CAMPAIGN_EMAIL"

    email_message: Mapping[str, Any]
    from_email_address: Mapping[str, Any]


@action
@dataclass(frozen=True, kw_only=True)
class PutDialRequest(Communication):
    """A call, to be made later."""

    kind = "DIAL_REQUEST"


@action
@dataclass(frozen=True, kw_only=True)
class PutLambdaInvokeRequest(Action):
    """Invoke a function: $.LambdaInvocation.ResultData. Its time limit is not documented; 8 seconds as elsewhere."""

    log_name = "InvokeExternalResource"
    logged_results = "External"

    lambda_function_arn: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Invoke it."""
        keep_answer(memory, host.invoke_lambda(LambdaCall(self.lambda_function_arn, {}, 8)), is_json=True)
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class GetOutboundCommunicationStatus(Action):
    """Load what became of communications: $.DeliveryReceipts by id, with one member for each status reached."""

    outbound_communication_ids: Sequence[Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Load it."""
        receipts = host.find("DELIVERY_RECEIPTS", {"Ids": [text_of(id) for id in self.outbound_communication_ids]})
        memory.namespaces["DeliveryReceipts"] = {text_of(receipt.get("Id")): receipt for receipt in receipts}
        return Next()
