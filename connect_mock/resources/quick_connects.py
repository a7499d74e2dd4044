"""Quick connects: the users, queues, telephone numbers and flows that agents can transfer to.

A queue cannot be deleted while a quick connect leads to it. A user or a flow can: then the quick connect is left with the id
of what is gone, until it is deleted or led elsewhere (documentation of DeleteQuickConnect on users; on flows AWS is silent).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidParameterException, NotImplementedException
from connect_mock.instance import Instance
from connect_mock.operations import Operations, check_any_given
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS, NamedResource, Resource, To
from connect_mock.resources.contact_flows import ContactFlow, check_flow_type
from connect_mock.resources.queues import standard_queue
from connect_mock.search import Search, with_tags


@dataclass(frozen=True)
class Kind:
    """What belongs to a type of quick connect."""

    config: str
    """The member of QuickConnectConfig that it needs."""
    target: tuple[str, Callable[[Instance, str], Resource]] | None = None
    """The member of that configuration that names what is transferred to, and how that is found."""
    flow_type: str | None = None
    """The type that the flow has to have; any where None."""


KINDS = {
    "USER": Kind("UserConfig", ("UserId", lambda instance, id: instance[MODELS["User"]].get(id)), "AGENT_TRANSFER"),
    "QUEUE": Kind("QueueConfig", ("QueueId", standard_queue), "QUEUE_TRANSFER"),
    "PHONE_NUMBER": Kind("PhoneConfig"),
    "FLOW": Kind("FlowConfig"),
}
"""The types (documentation of UserQuickConnectConfig and its siblings)."""


@dataclass(kw_only=True, slots=True, eq=False)
class QuickConnect(NamedResource):
    """A quick connect."""

    arn_type = "transfer-destination"
    prefixes = ("QuickConnect",)
    tag_type = "transfer-destination"
    refers_to: ClassVar = {"queue_id": To("Queue")}
    quota: ClassVar = Quota("quick_connects", 100)

    quick_connect_config: dict[str, Any]

    @property
    def quick_connect_type(self) -> str:
        return str(self.quick_connect_config["QuickConnectType"])

    @property
    def settings(self) -> Mapping[str, str]:
        """The part of the configuration that its type needs."""
        return self.quick_connect_config[KINDS[self.quick_connect_type].config]  # type: ignore[no-any-return]

    @property
    def queue_id(self) -> str | None:
        """The queue that it leads to, if it does."""
        return self.settings.get("QueueId")

    @property
    def user_id(self) -> str | None:
        """The user that it leads to, who may have been deleted, or None."""
        return self.settings.get("UserId")

    @property
    def contact_flow_id(self) -> str | None:
        """The flow that transfers, which may have been deleted; None for telephone numbers."""
        return self.settings.get("ContactFlowId")

    @property
    def phone_number(self) -> str | None:
        """The number in E.164 that it leads to, if it does."""
        return self.settings.get("PhoneNumber")


class QuickConnectOperations(Operations):
    """The operations on quick connects."""

    def create_quick_connect(
        self, *, instance_id: str, quick_connect_config: dict[str, Any], **members: Any
    ) -> dict[str, str]:
        """A new quick connect.

        Raises InvalidParameterException when the configuration is not the one of its type or the flow has another type than
        the transfer needs, ResourceNotFoundException when user, queue or flow do not exist, and InvalidRequestException for
        the queue of an agent, to whom a quick connect of type USER leads.
        """
        instance = self.instance(instance_id)
        made = instance[QuickConnect].add(quick_connect_config=_checked(instance, quick_connect_config), **members)
        return {"QuickConnectId": made.id, "QuickConnectARN": made.arn}

    def describe_quick_connect(self, *, instance_id: str, quick_connect_id: str) -> dict[str, QuickConnect]:
        """The quick connect."""
        return {"QuickConnect": self.instance(instance_id)[QuickConnect].get(quick_connect_id)}

    def list_quick_connects(
        self, *, instance_id: str, quick_connect_types: list[str] | None = None
    ) -> Collection[QuickConnect] | Selection[QuickConnect]:
        """All quick connects, or those of some types."""
        found = self.instance(instance_id)[QuickConnect]
        return found.where(lambda each: each.quick_connect_type in quick_connect_types) if quick_connect_types else found

    def search_quick_connects(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> Selection[QuickConnect]:
        """Quick connects by name, description and id, and by tags."""
        return SEARCH.over(self.instance(instance_id)[QuickConnect], search_criteria, with_tags(search_filter))

    def update_quick_connect_config(
        self, *, instance_id: str, quick_connect_id: str, quick_connect_config: dict[str, Any]
    ) -> None:
        """Lead it elsewhere; the type may change. The errors are those of CreateQuickConnect."""
        instance = self.instance(instance_id)
        found = instance[QuickConnect].get(quick_connect_id)
        instance[QuickConnect].update(found, quick_connect_config=_checked(instance, quick_connect_config))

    def update_quick_connect_name(self, *, instance_id: str, quick_connect_id: str, **members: Any) -> None:
        """Rename or describe; one of the two has to be given. An empty description is one."""
        found = self.instance(instance_id)[QuickConnect].get(quick_connect_id)
        check_any_given(Name=members.get("name"), Description=members.get("description"))
        self.instance(instance_id)[QuickConnect].update(found, **members)

    def delete_quick_connect(self, *, instance_id: str, quick_connect_id: str) -> None:
        """It is gone from the queues that offered it as well."""
        quick_connects = self.instance(instance_id)[QuickConnect]
        quick_connects.remove(quick_connects.get(quick_connect_id))


def _checked(instance: Instance, config: dict[str, Any]) -> dict[str, Any]:
    """The configuration, with ids in the place of ARNs."""
    kind = KINDS.get(config["QuickConnectType"])
    if kind is None:  # of a newer model
        raise NotImplementedException(f"connect-mock does not emulate quick connects of type {config['QuickConnectType']} yet")
    _check_members(config, kind)
    settings = dict(config[kind.config])
    if kind.target:
        member, find = kind.target
        settings[member] = find(instance, settings[member]).id
    if "ContactFlowId" in settings:
        settings["ContactFlowId"] = _flow(instance, settings["ContactFlowId"], kind).id
    return {"QuickConnectType": config["QuickConnectType"], kind.config: settings}


def _check_members(config: dict[str, Any], kind: Kind) -> None:
    """The configuration of the type has to be there; AWS does not say what it does with another's, here it is refused."""
    when = f"when QuickConnectType is {config['QuickConnectType']}"
    if kind.config not in config:
        raise InvalidParameterException(f"QuickConnectConfig.{kind.config} must be given {when}")
    if other := next((each for each in config if each not in ("QuickConnectType", kind.config)), None):
        raise InvalidParameterException(f"QuickConnectConfig must have {kind.config} and not {other} {when}")


def _flow(instance: Instance, contact_flow_id: str, kind: Kind) -> ContactFlow:
    flow = instance[ContactFlow].get(contact_flow_id)
    if kind.flow_type:
        check_flow_type(flow, kind.flow_type, f"{kind.config}.ContactFlowId")
    return flow


SEARCH = Search(fields={"name": attrgetter("name"), "description": attrgetter("description"), "resourceID": attrgetter("id")})
