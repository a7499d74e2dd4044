"""What every class of operations stands on.

The operations are methods of the backend, spread over one class for each noun of the API. They do not call each other: they
meet in the collections. `self.instance(id)[Queue]` is the collection of an instance's queues.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from connect_mock import ids
from connect_mock.collection import Owner
from connect_mock.errors import InvalidParameterException, InvalidRequestException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.resource import Resource


class Operations(Owner):
    """The account and Region that an operation works in."""

    account_id: str
    region_name: str
    partition: str

    def instance(self, instance_id: str) -> Instance:
        """The instance with that id or ARN.

        What is not shaped like an id is InvalidParameterException (recorded answer of a list call), an unknown id
        ResourceNotFoundException.
        """
        found = self[Instance].find(instance_id)
        if found is None and not ids.is_uuid(instance_id.rpartition("/")[2]):
            raise InvalidParameterException(f"Invalid parameter:  {instance_id}")
        if found is None:
            raise ResourceNotFoundException(f"Instance with id {instance_id} not found")
        return found

    def everywhere(self) -> Iterable[Operations]:
        """All accounts and Regions, for the few things that are unique in the whole service."""
        return [self]

    def is_alias_taken(self, alias: str) -> bool:
        """Whether an instance of any account and Region has that alias, in any case."""
        return any(
            (instance.instance_alias or "").lower() == alias.lower()
            for backend in self.everywhere()
            for instance in backend[Instance]
        )

    def same_account(self) -> list[Operations]:
        """The Regions in use of this account, this one included."""
        return [each for each in self.everywhere() if each.account_id == self.account_id]

    def in_region(self, region_name: str) -> Operations:
        """This account in another Region."""
        raise NotImplementedError(region_name)

    def tagged(self, arn: str) -> Resource | None:
        """The taggable resource with that ARN, or None."""
        _, _, path = arn.removeprefix(self.arn_prefix).partition("/")
        instance_id, *rest = path.split("/")
        owner: Owner | None = self if not rest else self[Instance].find(instance_id)
        wanted = (rest or [instance_id])[-1]
        for collection in owner.collections.values() if owner else ():
            found = collection.find(wanted)
            if found is not None and found.taggable and found.arn == arn:
                return found  # type: ignore[no-any-return]
        return None


def check_any_given(**members: Any) -> None:
    """Raise InvalidRequestException when none of the members was given. They have their names on the wire.

    An empty text is given, as one that takes a description away; an empty list is not.
    """
    if all(each in (None, []) for each in members.values()):
        raise InvalidRequestException(f"{' or '.join(members)} must be given")
