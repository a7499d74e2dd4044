"""Security profiles: what users, and AI agents, may see and do.

Not emulated: nobody is kept from anything, as no operation of the API acts for a user of the instance. Names of permissions
are not checked, since AWS's list of them is no complete one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import AccessDeniedException, InvalidParameterException, ResourceNotFoundException, brief
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import NamedResource, Resource, To, last_modified
from connect_mock.resources.contact_flow_modules import ContactFlowModule
from connect_mock.resources.default_security_profiles import DEFAULT_SECURITY_PROFILES
from connect_mock.search import Search, with_tags

HIERARCHY_RESTRICTED = ("User",)
"""What HierarchyRestrictedResources can name (documentation of the member)."""

AI_AGENT_ARN = re.compile(r"arn:[\w-]+:wisdom:[\w-]+:\d+:ai-agent/.+")
"""AI agents belong to another service, whose prefix is still the old one."""


@dataclass(kw_only=True, slots=True, eq=False)
class SecurityProfile(NamedResource):
    """A security profile."""

    arn_type = "security-profile"
    prefixes = ("SecurityProfile",)
    tag_type = "security-profile"
    quota: ClassVar = Quota("security_profiles", 100)
    refers_to: ClassVar = {"allowed_access_control_hierarchy_group_id": To("HierarchyGroup", keeps=False)}

    permissions: list[str] = field(default_factory=list)
    applications: list[dict[str, Any]] = field(default_factory=list)
    allowed_flow_modules: list[dict[str, str]] = field(default_factory=list)
    """With the ids of modules, which may have been deleted: DeleteContactFlowModule does not ask."""
    allowed_ai_agents: list[dict[str, str]] = field(default_factory=list)
    allowed_access_control_tags: dict[str, str] | None = None
    tag_restricted_resources: list[str] | None = None
    hierarchy_restricted_resources: list[str] | None = None
    allowed_access_control_hierarchy_group_id: str | None = None
    granular_access_control_configuration: dict[str, Any] | None = None
    type: str = "CUSTOMER_MANAGED"
    """The default profiles too, since they can be changed like all others; which type a real instance shows for them is not
    published.
    """

    @property
    def organization_resource_id(self) -> str:
        """The instance's id."""
        return self.owner.id  # type: ignore[attr-defined,no-any-return]


@dataclass(kw_only=True, slots=True, eq=False)
class SecuredEntity(Resource):
    """Something of another service that has security profiles: an AI agent, known by its ARN."""

    taggable = False
    refers_to: ClassVar = {"security_profile_ids": To("SecurityProfile")}

    security_profile_ids: list[str] = field(default_factory=list)

    @property
    def unique_key(self) -> str:
        return self.id


def furnish(instance: Instance) -> None:
    """Give `instance` the four default profiles."""
    for each in DEFAULT_SECURITY_PROFILES:
        instance[SecurityProfile].add(name=each.name, description=each.description, permissions=each.permissions)


class SecurityProfileOperations(Operations):
    """The operations on security profiles."""

    def create_security_profile(self, *, instance_id: str, security_profile_name: str, **members: Any) -> dict[str, str]:
        """A new profile, without permissions unless some are given.

        Raises ResourceNotFoundException when a flow module or the hierarchy group does not exist, and
        InvalidParameterException when other resources than users are to be restricted by hierarchy.
        """
        instance = self.instance(instance_id)
        made = instance[SecurityProfile].add(name=security_profile_name, **_checked(instance, members))
        return {"SecurityProfileId": made.id, "SecurityProfileArn": made.arn}

    def describe_security_profile(self, *, instance_id: str, security_profile_id: str) -> dict[str, SecurityProfile]:
        """The profile; permissions, applications, modules and AI agents have lists of their own."""
        return {"SecurityProfile": self.instance(instance_id)[SecurityProfile].get(security_profile_id)}

    def list_security_profiles(self, *, instance_id: str) -> Collection[SecurityProfile]:
        """All profiles, the default ones first."""
        return self.instance(instance_id)[SecurityProfile]

    def search_security_profiles(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> Selection[SecurityProfile]:
        """Profiles by name and by tags."""
        return SEARCH.over(self.instance(instance_id)[SecurityProfile], search_criteria, with_tags(search_filter))

    def update_security_profile(self, *, instance_id: str, security_profile_id: str, **members: Any) -> None:
        """Change what is given; a list that is given replaces the one before. The name cannot change.

        The default profiles can be changed too. The errors are those of CreateSecurityProfile.
        """
        instance = self.instance(instance_id)
        profile = instance[SecurityProfile].get(security_profile_id)
        instance[SecurityProfile].update(profile, **_checked(instance, members))

    def delete_security_profile(self, *, instance_id: str, security_profile_id: str) -> None:
        """Refused while a user or an AI agent has it.

        Admin cannot be deleted: AWS does not say so, but declares AccessDeniedException for this operation and not for its
        siblings, and without it nobody could give permissions any more.
        """
        profiles = self.instance(instance_id)[SecurityProfile]
        profile = profiles.get(security_profile_id)
        if profile.name == "Admin":
            raise AccessDeniedException(f"The security profile Admin ({profile.id}) cannot be deleted")
        profiles.remove(profile)

    # --- what a profile grants

    def list_security_profile_permissions(self, *, instance_id: str, security_profile_id: str) -> dict[str, Any]:
        """Names of permissions in the order in which they were given."""
        profile = self.instance(instance_id)[SecurityProfile].get(security_profile_id)
        return {"Permissions": profile.permissions, **last_modified(profile)}

    def list_security_profile_applications(self, *, instance_id: str, security_profile_id: str) -> dict[str, Any]:
        """Third-party applications and MCP servers."""
        profile = self.instance(instance_id)[SecurityProfile].get(security_profile_id)
        return {"Applications": profile.applications, **last_modified(profile)}

    def list_security_profile_flow_modules(self, *, instance_id: str, security_profile_id: str) -> dict[str, Any]:
        """Flow modules that an AI agent may use as a tool."""
        profile = self.instance(instance_id)[SecurityProfile].get(security_profile_id)
        return {"AllowedFlowModules": profile.allowed_flow_modules, **last_modified(profile)}

    def list_security_profile_ai_agents(self, *, instance_id: str, security_profile_id: str) -> dict[str, Any]:
        """AI agents of third parties."""
        profile = self.instance(instance_id)[SecurityProfile].get(security_profile_id)
        return {"AllowedAIAgents": profile.allowed_ai_agents, **last_modified(profile)}

    # --- who has a profile, apart from users

    def associate_security_profiles(
        self, *, instance_id: str, security_profiles: list[dict[str, str]], entity_type: str, entity_arn: str
    ) -> None:
        """Give profiles to an AI agent; those that it has stay.

        Whether the agent exists is not checked, it belongs to another service. Users get theirs with
        UpdateUserSecurityProfiles: the documentation says that only AI agents are supported, so USER is
        InvalidParameterException.
        """
        instance = self.instance(instance_id)
        _check_entity(entity_type, entity_arn)
        given = _ids(instance[SecurityProfile], security_profiles)
        entities = instance[SecuredEntity]
        entity = entities.named(entity_arn) or entities.add(id=entity_arn)
        entities.update(entity, security_profile_ids=list(dict.fromkeys([*entity.security_profile_ids, *given])))

    def disassociate_security_profiles(
        self, *, instance_id: str, security_profiles: list[dict[str, str]], entity_type: str, entity_arn: str
    ) -> None:
        """Take profiles from an AI agent; raises ResourceNotFoundException when it does not have one of them."""
        instance = self.instance(instance_id)
        _check_entity(entity_type, entity_arn)
        taken = _ids(instance[SecurityProfile], security_profiles)
        entities = instance[SecuredEntity]
        held = _profiles_of(entities, entity_arn)
        if missing := next((each for each in taken if each not in held), None):
            raise ResourceNotFoundException(f"{entity_arn} does not have the security profile {missing}")
        entities.update(entities.get(entity_arn), security_profile_ids=[each for each in held if each not in taken])

    def list_entity_security_profiles(self, *, instance_id: str, entity_type: str, entity_arn: str) -> list[dict[str, str]]:
        """The profiles of an AI agent; none for one that was never given any."""
        _check_entity(entity_type, entity_arn)
        return [{"Id": each} for each in _profiles_of(self.instance(instance_id)[SecuredEntity], entity_arn)]


def _ids(profiles: Collection[SecurityProfile], items: list[dict[str, str]]) -> list[str]:
    """The ids in a list of SecurityProfileItem; raises ResourceNotFoundException for one that does not exist."""
    return [profiles.get(item.get("Id", "")).id for item in items]


def _checked(instance: Instance, members: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with ids of modules in the place of ARNs."""
    for name in members.get("hierarchy_restricted_resources") or []:
        if name not in HIERARCHY_RESTRICTED:
            known = ", ".join(HIERARCHY_RESTRICTED)
            raise InvalidParameterException(f"HierarchyRestrictedResources must be among {known}, got {brief(name)}")
    if "allowed_flow_modules" not in members:
        return members
    return members | {"allowed_flow_modules": [_module(instance, each) for each in members["allowed_flow_modules"]]}


def _module(instance: Instance, allowed: dict[str, str]) -> dict[str, str]:
    return allowed | {"FlowModuleId": instance[ContactFlowModule].get(allowed.get("FlowModuleId", "")).id}


def _check_entity(entity_type: str, entity_arn: str) -> None:
    if entity_type != "AI_AGENT":
        raise InvalidParameterException(f"EntityType must be AI_AGENT, got {entity_type!r}")
    if not AI_AGENT_ARN.fullmatch(entity_arn):
        expected = "arn:aws:wisdom:<region>:<account>:ai-agent/<assistant>/<agent>"
        raise InvalidParameterException(
            f"EntityArn must be the ARN of an AI agent such as {expected}, got {brief(entity_arn)}"
        )


def _profiles_of(entities: Collection[SecuredEntity], arn: str) -> list[str]:
    entity = entities.named(arn)
    return entity.security_profile_ids if entity else []


SEARCH = Search(fields={"name": attrgetter("name")})
