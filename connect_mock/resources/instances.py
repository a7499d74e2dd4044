"""Instances: create, describe, list, delete.

Not emulated: the quota of creations and deletions in 30 days, and failing creations.
"""

from __future__ import annotations

from typing import Any

from connect_mock import ids, settings
from connect_mock.collection import Collection
from connect_mock.errors import InvalidRequestException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resources import furnishing


class InstanceOperations(Operations):
    """The operations on instances themselves."""

    def create_instance(self, *, identity_management_type: str, **members: Any) -> dict[str, str]:
        """A new instance, furnished with the defaults of a real one unless empty instances were asked for.

        The alias is unique among all accounts and Regions (Terraform provider, recorded message). CONNECT_MANAGED and SAML
        need an alias, EXISTING_DIRECTORY needs a directory (documentation of CreateInstance); moto accepts an instance without
        alias, and so does this.
        """
        self._check_alias(members.get("instance_alias"))
        if identity_management_type == "EXISTING_DIRECTORY" and not members.get("directory_id"):
            raise InvalidRequestException("DirectoryId is required when IdentityManagementType is EXISTING_DIRECTORY")
        instance = self[Instance].add(
            identity_management_type=identity_management_type, service_role=self._service_role(), **members
        )
        if not settings.current.empty_instances:
            furnishing.furnish(instance)
        return {"Id": instance.id, "Arn": instance.arn}

    def describe_instance(self, *, instance_id: str) -> dict[str, Instance]:
        """The instance with its tags. Each look counts for moto's state manager."""
        instance = self[Instance].get(instance_id)
        instance.lifecycle.look()
        return {"Instance": instance}

    def list_instances(self) -> Collection[Instance]:
        """All instances of the account in this Region."""
        return self[Instance]

    def delete_instance(self, *, instance_id: str) -> None:
        """The instance and everything in it are gone."""
        self[Instance].remove(self[Instance].get(instance_id))

    def _check_alias(self, alias: str | None) -> None:
        if alias is None:
            return
        for backend in self.everywhere():
            if any((each.instance_alias or "").lower() == alias.lower() for each in backend[Instance]):
                raise InvalidRequestException("Invalid Input. Instance alias is already used.")

    def _service_role(self) -> str:
        path = "role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_"
        return f"arn:{self.partition}:iam::{self.account_id}:{path}{ids.alphanumeric(20)}"
