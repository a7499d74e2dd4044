"""Authentication profiles: from where the people of an instance may sign in, and for how long.

An instance has one, the default, and no operation makes another (model). Not emulated: signing in. Addresses and durations are
kept and shown, and nobody is refused or signed out. AWS opens these operations on request only, connect-mock to everyone.
"""

from __future__ import annotations

import datetime
import ipaddress
from dataclasses import dataclass, field
from typing import Any

from connect_mock.collection import Collection
from connect_mock.errors import InvalidParameterException, brief
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resource import Created, NamedResource


@dataclass(kw_only=True, slots=True, eq=False)
class AuthenticationProfile(NamedResource, Created):
    """An authentication profile. Durations are in minutes; addresses are single ones or ranges in CIDR notation."""

    arn_type = "authentication-profile"
    taggable = False

    is_default: bool = False
    allowed_ips: list[str] = field(default_factory=list)
    """Who may come in; everybody when it is empty."""
    blocked_ips: list[str] = field(default_factory=list)
    """Who may not, even when allowed."""
    created_time: datetime.datetime = field(init=False)
    periodic_session_duration: int = 60
    max_session_duration: int = 720
    """12 hours, which cannot be changed (administrator guide)."""
    session_inactivity_duration: int = 60
    session_inactivity_handling_enabled: bool = False


def furnish(instance: Instance) -> None:
    """Give `instance` its default profile, with the names and values of the example in the administrator guide."""
    instance[AuthenticationProfile].add(
        name="Default Authentication Profile", description="A basic default Authentication Profile", is_default=True
    )


class AuthenticationProfileOperations(Operations):
    """The operations on authentication profiles."""

    def describe_authentication_profile(
        self, *, instance_id: str, authentication_profile_id: str
    ) -> dict[str, AuthenticationProfile]:
        """The profile."""
        profiles = self.instance(instance_id)[AuthenticationProfile]
        return {"AuthenticationProfile": profiles.get(authentication_profile_id)}

    def list_authentication_profiles(self, *, instance_id: str) -> Collection[AuthenticationProfile]:
        """The default profile, which is the only one."""
        return self.instance(instance_id)[AuthenticationProfile]

    def update_authentication_profile(self, *, instance_id: str, authentication_profile_id: str, **members: Any) -> None:
        """Change what is given and nothing else (administrator guide); an empty list of addresses lifts the restriction.

        Raises InvalidParameterException for what is neither an address nor a range, of IP version 4 or 6.
        """
        profiles = self.instance(instance_id)[AuthenticationProfile]
        profile = profiles.get(authentication_profile_id)
        _check_addresses("AllowedIps", members.get("allowed_ips"))
        _check_addresses("BlockedIps", members.get("blocked_ips"))
        profiles.update(profile, **members)


def _check_addresses(member: str, addresses: list[str] | None) -> None:
    for address in addresses or []:
        try:
            ipaddress.ip_network(address, strict=False)
        except ValueError:
            expected = "IP addresses or ranges such as 111.222.0.0/16 or 2001:db8::/32"
            raise InvalidParameterException(f"{member} must be {expected}, got {brief(address)}") from None
