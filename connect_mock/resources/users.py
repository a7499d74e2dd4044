"""Users: create, describe, list, search, update, delete.

A password is checked, and neither kept nor shown. Proficiencies and statuses have modules of their own. Not emulated: signing
in.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, ClassVar

from connect_mock import ids
from connect_mock.collection import Collection, Selection
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS, Resource, Shown, To
from connect_mock.resources.flow_inventory import HELD
from connect_mock.resources.user_config import (
    DEFAULT_PHONE_CONFIG,
    Config,
    Configs,
    check,
    first_configs,
    from_phone_config,
    in_milliseconds,
    merged,
    phone_config,
    take_configs,
)
from connect_mock.resources.user_hierarchies import check_takes_users
from connect_mock.resources.user_identity import SAML, check_identity, check_new_identity, check_sign_in
from connect_mock.resources.user_search import search, user_filter


@dataclass(kw_only=True, slots=True, eq=False)
class User(Resource):
    """A user: an agent, a supervisor, an administrator."""

    arn_type = "agent"
    tag_type = "agent"
    resource_type = "USER"
    quota: ClassVar = Quota("users", 500)
    refers_to: ClassVar = {
        "routing_profile_id": To("RoutingProfile"),
        "security_profile_ids": To("SecurityProfile"),
        "hierarchy_group_id": To("HierarchyGroup"),
        "proficient_in": To("PredefinedAttribute"),
    }

    owner: Instance = field(repr=False)
    username: str
    identity_info: dict[str, str] = field(default_factory=dict)
    first_name: str | None = None
    """Beside `identity_info`, like the last name, for the sake of searches."""
    last_name: str | None = None
    directory_user_id: str | None = None
    routing_profile_id: str
    security_profile_ids: list[str]
    hierarchy_group_id: str | None = None

    auto_accept_configs: list[Config] = field(default_factory=list)
    after_contact_work_configs: list[Config] = field(default_factory=list)
    phone_number_configs: list[Config] = field(default_factory=list)
    persistent_connection_configs: list[Config] = field(default_factory=list)
    voice_enhancement_configs: list[Config] = field(default_factory=list)

    proficiencies: dict[tuple[str, str], float] = field(default_factory=dict)
    """Levels from 1 to 5 by name and value of a predefined attribute."""
    proficiencies_modified_time: datetime.datetime | None = None
    proficiencies_modified_region: str | None = None

    agent_status_id: str | None = None
    """The current agent status; None for one who has never had any and counts as offline."""
    status_start_timestamp: datetime.datetime | None = None
    next_agent_status_id: str | None = None
    """What the status will be when the last contact is done; None for the same. See `user_statuses`."""
    next_status_enqueued_timestamp: datetime.datetime | None = None

    @property
    def unique_key(self) -> str:
        return self.username

    @property
    def phone_config(self) -> Config:
        """The settings for calls in the older form."""
        return phone_config(self)

    @property
    def proficient_in(self) -> set[str]:
        """The names of the predefined attributes that the user has proficiencies in."""
        return {name for name, _ in self.proficiencies}


HELD[User.arn_type] = lambda instance: instance[User]


class UserOperations(Operations):
    """The operations on users."""

    def create_user(
        self,
        *,
        instance_id: str,
        username: str,
        password: str | None = None,
        identity_info: dict[str, str] | None = None,
        directory_user_id: str | None = None,
        phone_config: Config | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """A new user and the queue of that agent.

        Without SAML the answer of DescribeUser has a DirectoryUserId though none was given (Terraform's acceptance tests).
        """
        instance = self.instance(instance_id)
        management = instance.identity_management_type
        check_sign_in(management, username, password, directory_user_id)
        check_identity(management, identity_info or {})
        check_takes_users(instance, members.get("hierarchy_group_id"))
        configs = first_configs(phone_config or {}, take_configs(members))
        user = instance[User].add(
            username=username,
            **_identity(identity_info or {}),
            directory_user_id=directory_user_id or (None if management == SAML else ids.uuid()),
            **configs,
            **members,
        )
        instance[MODELS["Queue"]].add(id=user.id, queue_type="AGENT")
        return {"UserId": user.id, "UserArn": user.arn}

    def describe_user(self, *, instance_id: str, user_id: str) -> dict[str, User]:
        """The user, with times in seconds."""
        return {"User": self._user(instance_id, user_id)}

    def list_users(self, *, instance_id: str) -> Collection[User]:
        """All users."""
        return self.instance(instance_id)[User]

    def search_users(self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None) -> Selection[User]:
        """Users by names, profiles, proficiencies, hierarchy group and tags; see `user_search`.

        PhoneConfig.AfterContactWorkTimeLimit is in milliseconds here, and here alone.
        """
        instance = self.instance(instance_id)
        keep = user_filter(instance, search_filter or {})
        found = search(instance).over(instance[User], search_criteria, keep)
        return found.shown(lambda user: Shown(user, phone_config=in_milliseconds(user.phone_config)))

    def delete_user(self, *, instance_id: str, user_id: str) -> None:
        """The user and the queue of that agent are gone; quick connects to the user stay (administrator guide)."""
        instance = self.instance(instance_id)
        user = self._user(instance_id, user_id)
        instance[User].remove(user)
        instance[MODELS["Queue"]].remove(instance[MODELS["Queue"]].get(user.id))

    # --- update

    def update_user_identity_info(self, *, instance_id: str, user_id: str, identity_info: dict[str, str]) -> None:
        """Replace the whole of it: what is not given is gone."""
        user = self._user(instance_id, user_id)
        check_new_identity(user.owner.identity_management_type, user.identity_info, identity_info)
        user.owner[User].update(user, **_identity(identity_info))

    def update_user_config(self, *, instance_id: str, user_id: str, **members: Any) -> None:
        """Change settings for the channels that are given; other channels and other settings stay."""
        self._configure(self._user(instance_id, user_id), check(take_configs(members)), **members)

    def update_user_phone_config(self, *, instance_id: str, user_id: str, phone_config: Config) -> None:
        """Replace the whole of it: what is not given gets its default. After-contact work is set for all channels."""
        self._configure(self._user(instance_id, user_id), check(from_phone_config(DEFAULT_PHONE_CONFIG | phone_config)))

    def update_user_hierarchy(self, *, instance_id: str, user_id: str, hierarchy_group_id: str | None = None) -> None:
        """Put the user into the group, or without one out of any."""
        user = self._user(instance_id, user_id)
        check_takes_users(user.owner, hierarchy_group_id)
        user.owner[User].update(user, hierarchy_group_id=hierarchy_group_id)
        if not hierarchy_group_id:
            user.hierarchy_group_id = None

    def update_user_routing_profile(self, *, instance_id: str, user_id: str, routing_profile_id: str) -> None:
        """Give the user another routing profile."""
        user = self._user(instance_id, user_id)
        user.owner[User].update(user, routing_profile_id=routing_profile_id)

    def update_user_security_profiles(self, *, instance_id: str, user_id: str, security_profile_ids: list[str]) -> None:
        """Give the user these security profiles and no others."""
        user = self._user(instance_id, user_id)
        user.owner[User].update(user, security_profile_ids=security_profile_ids)

    def _user(self, instance_id: str, user_id: str) -> User:
        return self.instance(instance_id)[User].get(user_id)

    def _configure(self, user: User, configs: Configs, **members: Any) -> None:
        changes = {name: merged(getattr(user, name), each) for name, each in configs.items()}
        user.owner[User].update(user, **changes, **members)


def _identity(info: dict[str, str]) -> dict[str, Any]:
    return {"identity_info": info, "first_name": info.get("FirstName"), "last_name": info.get("LastName")}
