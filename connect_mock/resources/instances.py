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
from connect_mock.resources import furnishing, phone_numbers, replication
from connect_mock.resources.instance_attributes import attributes_of_new


class InstanceOperations(Operations):
    """The operations on instances themselves."""

    def create_instance(
        self,
        *,
        identity_management_type: str,
        inbound_calls_enabled: bool,
        outbound_calls_enabled: bool,
        **members: Any,
    ) -> dict[str, str]:
        """A new instance, furnished with the defaults of a real one unless empty instances were asked for.

        The alias is unique among all accounts and Regions (Terraform provider, recorded message). CONNECT_MANAGED and SAML
        need an alias, EXISTING_DIRECTORY needs a directory (documentation of CreateInstance); moto accepts an instance without
        alias, and so does this.
        """
        self._check_alias(members.get("instance_alias"))
        if identity_management_type == "EXISTING_DIRECTORY" and not members.get("directory_id"):
            raise InvalidRequestException("DirectoryId is required when IdentityManagementType is EXISTING_DIRECTORY")
        instance = self[Instance].add(
            identity_management_type=identity_management_type,
            service_role=self._service_role(),
            attributes=attributes_of_new(inbound_calls_enabled, outbound_calls_enabled),
            **members,
        )
        if not settings.current.empty_instances:
            furnishing.furnish(instance)
        return {"Id": instance.id, "Arn": instance.arn}

    def describe_instance(self, *, instance_id: str) -> dict[str, Any]:
        """The instance with its tags, and how far its replication is. Each look counts for moto's state manager."""
        instance = self[Instance].get(instance_id)
        instance.lifecycle.look()
        if instance.replication:
            instance.replication.lifecycle.look()
        return {"Instance": instance, "ReplicationConfiguration": instance.replication}

    def list_instances(self) -> Collection[Instance]:
        """All instances of the account in this Region."""
        return self[Instance]

    def delete_instance(self, *, instance_id: str) -> None:
        """The instance and everything in it are gone, and its phone numbers are released. A replica goes before its source."""
        instance = self[Instance].get(instance_id)
        replication.check_can_be_deleted(self, instance)
        replication.part(self, instance)
        phone_numbers.release_all(self, instance)
        self[Instance].remove(instance)

    def _check_alias(self, alias: str | None) -> None:
        if alias is not None and self.is_alias_taken(alias):
            raise InvalidRequestException("Invalid Input. Instance alias is already used.")

    def _service_role(self) -> str:
        path = "role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_"
        return f"arn:{self.partition}:iam::{self.account_id}:{path}{ids.alphanumeric(20)}"
