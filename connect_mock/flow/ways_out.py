"""The ways out of an action that a run can take.

Exported flows have transitions that no run takes: NextAction has to be there where the contact leaves the flow, and where a
condition or NoMatchingCondition says about every result where to go.
"""

from __future__ import annotations

from collections.abc import Iterator

from connect_mock.flow.compiled import Branch, ReadyAction
from connect_mock.flow.language import Conditions, at, language
from connect_mock.flow.outcomes import NO_MATCHING_CONDITION

NEVER_BY_NEXT_ACTION = frozenset(
    {"DequeueContactAndTransferToQueue", "MessageParticipantIteratively", "TransferContactToQueue", "TransferToFlow"}
)
"""Types that leave the flow when they succeed, or go on for ever when nothing interrupts them."""

ALSO_WITHOUT_RESULT = frozenset({"AuthenticateParticipant", "InvokeFlowModule"})
"""Types with conditions that can succeed without a result, and then go by NextAction."""


def ways_out(action: ReadyAction, flow_type: str) -> Iterator[Branch]:
    """The branches that a run can take, an error's because it can be forced. Of two for one error type the first counts."""
    if action.next_action and _goes_by_next_action(action, flow_type):
        yield action.next_action
    for condition in action.conditions:
        yield condition.branch
    yield from action.errors.values()


def _goes_by_next_action(action: ReadyAction, flow_type: str) -> bool:
    name, given = action.entry.type, action.entry.parameters
    facts = language().actions.get(name)
    if facts is None or facts.terminal or name in NEVER_BY_NEXT_ACTION or _hands_over(action):
        return False
    conditions = facts.as_used(given, bool(action.conditions), flow_type).conditions
    if conditions is None or name in ALSO_WITHOUT_RESULT:
        return True
    return NO_MATCHING_CONDITION not in action.errors and not _is_decided(action, conditions)


def _hands_over(action: ReadyAction) -> bool:
    """Whether the caller is with somebody else afterwards."""
    goes_on = str(action.entry.parameters.get("ContinueFlowExecution", "True"))
    return action.entry.type == "TransferParticipantToThirdParty" and goes_on.lower() == "false"


def _is_decided(action: ReadyAction, conditions: Conditions) -> bool:
    """Whether there is a condition for every result that there can be."""
    results = set(conditions.required or (conditions.operands if isinstance(conditions.operands, tuple) else ()))
    listed = at(action.entry.parameters, conditions.required_from) if conditions.required_from else None
    results.update(each for each in (listed if isinstance(listed, list) else ()) if isinstance(each, str))
    decided = [each.operands for each in action.conditions if each.operator == "Equals" and isinstance(each.operands, list)]
    return bool(results) and results <= {str(operand) for operands in decided for operand in operands}
