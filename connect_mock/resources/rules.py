"""Rules: what Amazon Connect does by itself when a conversation was analyzed, a case changed or a metric passed a limit.

Not emulated: no rule ever runs. That flows, queues, users, forms, case templates and integration associations named in a
rule exist is not checked, and neither are the operators and paths of its conditions: only the form of the function is. The
lower quotas of rules with a natural language condition are not enforced.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from connect_mock.collection import Collection, Selection
from connect_mock.errors import (
    InvalidRequestException,
    brief,
)
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import Created, NamedResource
from connect_mock.resources.rule_function import read_function
from connect_mock.search import Search, with_tags
from connect_mock.service_model import load

RULES = Quota("rules_of_a_trigger", 500)
"""Rules of one instance with the same trigger (administrator guide, Rules feature specifications)."""

METRIC_RULES = Quota("metric_rules_of_a_trigger", 100)
"""The same for OnMetricDataUpdate."""

# --- triggers ---------------------------------------------------------------------------------------------------------

POST_CONTACT = {"OnPostCallAnalysisAvailable", "OnPostChatAnalysisAvailable"}
CALL_AND_CHAT = POST_CONTACT | {"OnRealTimeCallAnalysisAvailable", "OnRealTimeChatAnalysisAvailable"}
EMAIL = {"OnEmailAnalysisAvailable"}
AFTER_WORK = {"OnAfterCallWorkAvailable", "OnAfterChatWorkAvailable"}
TICKETS = {"OnZendeskTicketCreate", "OnZendeskTicketStatusUpdate", "OnSalesforceCaseCreate"}
EVALUATION = {"OnContactEvaluationSubmit"}
METRIC = {"OnMetricDataUpdate"}
CASES = {"OnCaseCreate", "OnCaseUpdate"}
SLA = {"OnSlaBreach"}
ALERT = {"OnAlertUpdate"}
SCHEDULE = {"OnSchedulePublish", "OnScheduleUpdate", "OnScheduleTimeOffRequestActivity"}
TRIGGERS = CALL_AND_CHAT | EMAIL | AFTER_WORK | TICKETS | EVALUATION | METRIC | CASES | SLA | ALERT | SCHEDULE
"""The triggers that `ALLOWED` was written for; any other one, of a newer service model, may have every action."""

ALLOWED = {
    "CREATE_TASK": TRIGGERS - {"OnRealTimeChatAnalysisAvailable"},
    "ASSIGN_CONTACT_CATEGORY": CALL_AND_CHAT | EMAIL | TICKETS,
    "GENERATE_EVENTBRIDGE_EVENT": CALL_AND_CHAT | EMAIL | EVALUATION | METRIC,
    "SEND_NOTIFICATION": CALL_AND_CHAT | EMAIL | EVALUATION | METRIC | CASES | SLA,
    "CREATE_CASE": POST_CONTACT,
    "UPDATE_CASE": CASES,
    "ASSIGN_SLA": CASES,
    "END_ASSOCIATED_TASKS": {"OnCaseUpdate"},
    "END_ASSOCIATED_EMAILS": {"OnCaseUpdate"},
    "SUBMIT_AUTO_EVALUATION": CALL_AND_CHAT | EMAIL | AFTER_WORK | EVALUATION,
    "EXTRACT_INFORMATION": CALL_AND_CHAT | EMAIL | AFTER_WORK,
    "SEND_IN_APP_NOTIFICATION": CALL_AND_CHAT | EMAIL | AFTER_WORK | EVALUATION | CASES | SLA | SCHEDULE,
}
"""The triggers of each type of action; a type that is not here goes with every trigger.

From the documentation of RuleAction, and beyond it from the administrator guide: email analysis categorizes, notifies and
sends events as call and chat analysis do, case rules send email, evaluation rules submit evaluations, and real-time chat
makes no tasks. Nobody says which triggers the evaluation and extraction actions do not go with, so these two are read widely.
"""

REQUIRED = {"CREATE_TASK": TICKETS, "ASSIGN_CONTACT_CATEGORY": CALL_AND_CHAT}
"""The triggers whose rules must have the action (documentation of RuleAction and AssignContactCategoryActionDefinition)."""

# --- the resource -----------------------------------------------------------------------------------------------------


@dataclass(kw_only=True, slots=True, eq=False)
class Rule(NamedResource, Created):
    """A rule: a trigger, conditions and actions."""

    arn_type = "rule"
    prefixes = ("Rule",)

    trigger_event_source: dict[str, str]
    function: str
    actions: list[dict[str, Any]]
    publish_status: str
    pre_evaluation_filters: dict[str, Any] | None = None
    rule_capability_tiers: list[str]
    last_updated_by: str
    created_time: datetime.datetime = field(init=False)

    @property
    def event_source_name(self) -> str:
        """The trigger."""
        return self.trigger_event_source["EventSourceName"]

    @property
    def integration_association_id(self) -> str | None:
        return self.trigger_event_source.get("IntegrationAssociationId")

    @property
    def action_types(self) -> list[str]:
        return [action["ActionType"] for action in self.actions]

    @property
    def action_summaries(self) -> list[dict[str, str]]:
        return [{"ActionType": each} for each in self.action_types]

    @property
    def last_updated_time(self) -> datetime.datetime:
        return self.last_modified_time


class RuleOperations(Operations):
    """The operations on rules."""

    def create_rule(
        self,
        *,
        instance_id: str,
        trigger_event_source: dict[str, str],
        function: str,
        actions: list[dict[str, Any]],
        pre_evaluation_filters: dict[str, Any] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """A new rule, published or a draft; both are checked alike.

        Raises InvalidRequestException for a function, actions or filters that do not fit the trigger or are not well formed,
        ServiceQuotaExceededException for too many rules with the trigger, ResourceConflictException for a name that is taken.
        """
        rules = self.instance(instance_id)[Rule]
        trigger = trigger_event_source["EventSourceName"]
        if trigger in TICKETS and "IntegrationAssociationId" not in trigger_event_source:
            raise InvalidRequestException(f"TriggerEventSource.IntegrationAssociationId must be given for {trigger}")
        content = checked(trigger, function, actions, pre_evaluation_filters)
        _check_quota(rules, trigger)
        by = _caller_arn(self)
        rule = rules.add(trigger_event_source=trigger_event_source, last_updated_by=by, **content, **members)
        return {"RuleArn": rule.arn, "RuleId": rule.id}

    def describe_rule(self, *, instance_id: str, rule_id: str) -> dict[str, Rule]:
        """The whole rule."""
        return {"Rule": self.instance(instance_id)[Rule].get(rule_id)}

    def list_rules(
        self, *, instance_id: str, publish_status: str | None = None, event_source_name: str | None = None
    ) -> Selection[Rule]:
        """Summaries of all rules, of those with a status, of those with a trigger, or of those with both."""
        return self.instance(instance_id)[Rule].where(
            lambda rule: publish_status in (None, rule.publish_status) and event_source_name in (None, rule.event_source_name)
        )

    def search_rules(self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None) -> Selection[Rule]:
        """Rules by name, id, status, trigger, integration association, action type and capability tier, and by tags."""
        tags = with_tags(search_filter)
        return SEARCH.over(self.instance(instance_id)[Rule], search_criteria, tags)

    def update_rule(
        self,
        *,
        instance_id: str,
        rule_id: str,
        name: str,
        function: str,
        actions: list[dict[str, Any]],
        publish_status: str,
        pre_evaluation_filters: dict[str, Any] | None = None,
    ) -> None:
        """Replace everything but the trigger and the tags: filters that are not given again are gone.

        Raises InvalidRequestException as CreateRule does, and for another name where the trigger is not one of Zendesk's or
        Salesforce's (documentation of the operation; AWS does not say which error).
        """
        rules = self.instance(instance_id)[Rule]
        rule = rules.get(rule_id)
        if name != rule.name and rule.event_source_name not in TICKETS:
            raise InvalidRequestException(
                f"Name must stay {rule.name}, got {brief(name)}: only rules on {_listed(TICKETS)} can be renamed"
            )
        content = checked(rule.event_source_name, function, actions, pre_evaluation_filters)
        rules.update(rule, name=name, publish_status=publish_status, last_updated_by=_caller_arn(self), **content)
        rule.pre_evaluation_filters = pre_evaluation_filters  # which `update` leaves alone when there are none

    def delete_rule(self, *, instance_id: str, rule_id: str) -> None:
        """Delete the rule, published or not."""
        rules = self.instance(instance_id)[Rule]
        rules.remove(rules.get(rule_id))


def _caller_arn(backend: Operations) -> str:
    """Who creates and updates: always the account's root, as the operations do not know whose credentials were used."""
    return f"arn:{backend.partition}:iam::{backend.account_id}:root"


def _check_quota(rules: Collection[Rule], trigger: str) -> None:
    quota = METRIC_RULES if trigger in METRIC else RULES
    quota.check(sum(rule.event_source_name == trigger for rule in rules) + 1)


SEARCH = Search(
    fields={
        "Name": attrgetter("name"),
        "PublishStatus": attrgetter("publish_status"),
        "EventSourceName": attrgetter("event_source_name"),
        "RuleId": attrgetter("id"),
        "IntegrationAssociationId": attrgetter("integration_association_id"),
        "ActionSummaries": attrgetter("action_types"),
        "RuleCapabilityTiers": attrgetter("rule_capability_tiers"),
    }
)


# --- what a rule may hold ---------------------------------------------------------------------------------------------


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))


def checked(
    trigger: str, function: str, actions: list[dict[str, Any]], pre_evaluation_filters: dict[str, Any] | None
) -> dict[str, Any]:
    """The members of a rule that depend on its trigger and on each other; raises InvalidRequestException."""
    conditions = read_function(function, has_metric_groups=trigger in METRIC)
    check_actions(trigger, actions)
    _check_filters(trigger, pre_evaluation_filters or {})
    return {
        "function": function,
        "actions": actions,
        "pre_evaluation_filters": pre_evaluation_filters,
        "rule_capability_tiers": _capability_tiers(conditions),
    }


def _capability_tiers(conditions: list[dict[str, Any]]) -> list[str]:
    """Only the natural language condition runs on generative AI (administrator guide, Create Contact Lens rules)."""
    uses_ai = any(condition["ComparisonValue"].endswith(".SemanticMatch.Phrase") for condition in conditions)
    return ["GenerativeAI"] if uses_ai else []


def _check_filters(trigger: str, filters: dict[str, Any]) -> None:
    for index, each in enumerate(filters.get("AndConditions", [])):
        if each["ResourceType"] == "CONTACT_EVALUATION" and trigger not in EVALUATION:
            raise InvalidRequestException(
                f"PreEvaluationFilters.AndConditions[{index}].ResourceType can be CONTACT_EVALUATION only for "
                f"{_listed(EVALUATION)}, and the rule is on {trigger}"
            )


def check_actions(trigger: str, actions: list[dict[str, Any]]) -> None:
    """Raise InvalidRequestException unless the actions go with the trigger and with each other.

    At most one action of a type: the schema of AWS::Connect::Rule has it so.
    """
    seen: set[str] = set()
    for index, action in enumerate(actions):
        _check_action(f"Actions[{index}]", trigger, action)
        if action["ActionType"] in seen:
            raise InvalidRequestException(f"Actions[{index}].ActionType: a rule has at most one {action['ActionType']}")
        seen.add(action["ActionType"])
    for required, triggers in REQUIRED.items():
        if trigger in triggers and required not in seen:
            raise InvalidRequestException(f"Actions must hold {required} for {trigger}, got {_listed(seen) or 'none'}")


def _check_action(where: str, trigger: str, action: dict[str, Any]) -> None:
    kind = action["ActionType"]
    triggers = ALLOWED.get(kind, TRIGGERS)
    if trigger in TRIGGERS - triggers:
        raise InvalidRequestException(f"{where}: {kind} goes only with {_listed(triggers)}, and the rule is on {trigger}")
    wanted, given = definition_of(kind), [name for name in action if name in _definitions()]
    if wanted and given != [wanted]:
        raise InvalidRequestException(
            f"{where}: {kind} needs {wanted} and no other definition, got {_listed(given) or 'none'}"
        )


def definition_of(action_type: str) -> str | None:
    """The member of RuleAction that defines an action of that type; None where the model has no member of such a name."""
    irregular = {"CREATE_TASK": "TaskAction", "GENERATE_EVENTBRIDGE_EVENT": "EventBridgeAction"}
    name = irregular.get(action_type) or action_type.title().replace("_", "") + "Action"
    return name if name in _definitions() else None


@cache
def _definitions() -> frozenset[str]:
    members = load("connect").shape_for("RuleAction").members  # type: ignore[attr-defined]
    return frozenset(name for name in members if name.endswith("Action"))
