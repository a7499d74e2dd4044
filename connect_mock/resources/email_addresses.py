"""Email addresses of an instance, and the aliases that forward to them.

Not emulated: that Amazon SES has to have verified a domain; it is enough that the domain is associated with the instance.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidRequestException, ResourceConflictException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.rendering import iso8601
from connect_mock.resource import MODELS, Created, Resource, To
from connect_mock.search import Search, with_tags


@dataclass(kw_only=True, slots=True, eq=False)
class EmailAddress(Resource, Created):
    """An email address that contacts come to and agents send from."""

    arn_type = "email-address"
    prefixes = ("EmailAddress",)
    quota: ClassVar = Quota("email_addresses", 100)
    refers_to: ClassVar = {"alias_id": To("EmailAddress", keeps=False)}

    email_address: str
    display_name: str | None = None
    description: str | None = None
    alias_id: str | None = None
    """The address whose emails are forwarded to this one."""
    created_time: datetime.datetime = field(init=False)

    @property
    def unique_key(self) -> str:
        """The address in any case: no two addresses may receive the same email. AWS does not speak of case."""
        return self.email_address.casefold()

    @property
    def create_timestamp(self) -> str:
        return iso8601(self.created_time)

    @property
    def modified_timestamp(self) -> str:
        return iso8601(self.last_modified_time)

    @property
    def alias_configurations(self) -> list[dict[str, str]]:
        return [{"EmailAddressId": self.alias_id}] if self.alias_id else []


FIELDS = {"EmailAddress": "email_address", "DisplayName": "display_name", "Description": "description"}

SEARCH = Search(
    fields={
        spelled: attrgetter(attribute) for name, attribute in FIELDS.items() for spelled in (name, name[0].lower() + name[1:])
    }
)
"""AWS does not list the field names: they are the members here, also with a small letter as in other searches."""


class EmailAddressOperations(Operations):
    """The operations on email addresses and aliases."""

    def create_email_address(self, *, instance_id: str, email_address: str, **members: Any) -> EmailAddress:
        """A new address, in a domain of the instance."""
        instance = self.instance(instance_id)
        _check_domain(instance, email_address)
        return instance[EmailAddress].add(email_address=email_address, **members)

    def describe_email_address(self, *, instance_id: str, email_address_id: str) -> EmailAddress:
        """The address and its alias."""
        return self.instance(instance_id)[EmailAddress].get(email_address_id)

    def search_email_addresses(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: dict[str, Any] | None = None
    ) -> Selection[EmailAddress]:
        """Addresses by address, display name and description, and by tags."""
        addresses = self.instance(instance_id)[EmailAddress]
        return SEARCH.over(addresses, search_criteria, with_tags(search_filter))

    def update_email_address_metadata(self, *, instance_id: str, email_address_id: str, **members: Any) -> EmailAddress:
        """Change display name and description. The address itself never changes."""
        addresses = self.instance(instance_id)[EmailAddress]
        return addresses.update(addresses.get(email_address_id), **members)

    def delete_email_address(self, *, instance_id: str, email_address_id: str) -> None:
        """Aliases and queues lose it. Refused while it is the default of a queue, which could send no email then."""
        addresses = self.instance(instance_id)[EmailAddress]
        addresses.remove(addresses.get(email_address_id))

    def associate_email_address_alias(
        self, *, instance_id: str, email_address_id: str, alias_configuration: dict[str, str]
    ) -> None:
        """Forward the emails of the alias to the address.

        Raises InvalidRequestException for an address that is to be its own alias, and ResourceConflictException when the
        address has an alias, when either is an alias, or when the alias has one itself: there are no chains.
        """
        addresses = self.instance(instance_id)[EmailAddress]
        address, alias = addresses.get(email_address_id), addresses.get(alias_configuration["EmailAddressId"])
        if address is alias:
            raise InvalidRequestException(f"{address.email_address} cannot be its own alias")
        for each in (address, alias):
            _check_unlinked(addresses, each)
        addresses.update(address, alias_id=alias.id)

    def disassociate_email_address_alias(
        self, *, instance_id: str, email_address_id: str, alias_configuration: dict[str, str]
    ) -> None:
        """Forward no longer. Raises ResourceNotFoundException when the second is no alias of the first."""
        addresses = self.instance(instance_id)[EmailAddress]
        address, alias = addresses.get(email_address_id), addresses.get(alias_configuration["EmailAddressId"])
        if address.alias_id != alias.id:
            raise ResourceNotFoundException(f"{alias.email_address} is no alias of {address.email_address}")
        address.alias_id = None
        addresses.touch(address)


def _check_unlinked(addresses: Collection[EmailAddress], address: EmailAddress) -> None:
    if address.alias_id:
        raise ResourceConflictException(
            f"{address.email_address} has an alias: {addresses.get(address.alias_id).email_address}"
        )
    for each in addresses:
        if each.alias_id == address.id:
            raise ResourceConflictException(f"{address.email_address} is an alias of {each.email_address}")


def _check_domain(instance: Instance, email_address: str) -> None:
    domain = email_address.rpartition("@")[2].casefold()
    known = _domains(instance)
    if domain not in known:
        raise InvalidRequestException(
            f"{email_address} is in no email domain of the instance ({', '.join(sorted(known)) or 'it has none'}); "
            "CreateIntegrationAssociation with IntegrationType SES_IDENTITY adds one"
        )


def _domains(instance: Instance) -> set[str]:
    """The domain that goes with the instance's alias, and those of Amazon SES (administrator guide, "Enable email")."""
    associations: Collection[Any] = instance[MODELS["IntegrationAssociation"]]
    found = {each.integration_arn for each in associations if each.integration_type == "SES_IDENTITY"}
    own = {f"{instance.instance_alias}.email.connect.aws"} if instance.instance_alias else set()
    return {arn.rpartition("identity/")[2].casefold() for arn in found} | {each.casefold() for each in own}
