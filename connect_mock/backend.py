"""ConnectBackend: all of Amazon Connect for one account in one Region. Read this first.

Each class below is a module of `resources/` and holds the operations of one noun. To add a resource type, write its module
and add its class here.
"""

from __future__ import annotations

from typing import Any

from moto.core.base_backend import BaseBackend

from connect_mock.collection import Collection
from connect_mock.instance import Instance
from connect_mock.resource import Resource
from connect_mock.resources.analytics_data import AnalyticsDataOperations
from connect_mock.resources.contact_flow_modules import ContactFlowModuleOperations
from connect_mock.resources.contact_flows import ContactFlowOperations
from connect_mock.resources.contacts import ContactOperations
from connect_mock.resources.instances import InstanceOperations
from connect_mock.resources.rules import RuleOperations
from connect_mock.resources.starting_contacts import StartingContactOperations
from connect_mock.resources.tags import TagOperations


class ConnectBackend(
    AnalyticsDataOperations,
    ContactFlowModuleOperations,
    ContactFlowOperations,
    ContactOperations,
    InstanceOperations,
    RuleOperations,
    StartingContactOperations,
    TagOperations,
    BaseBackend,
):
    """The state of Amazon Connect in one account and Region, and the operations on it."""

    def __init__(self, region_name: str, account_id: str) -> None:
        BaseBackend.__init__(self, region_name, account_id)
        self.collections: dict[type[Any], Collection[Any]] = {}
        self.client_tokens: dict[tuple[str, str, str], Any] = {}
        self.arn_prefix = f"arn:{self.partition}:connect:{region_name}:{account_id}:"

    def resource_with_id(self, resource_id: str) -> Resource | None:
        """The resource of any kind that has this id, or None."""
        for instance in self[Instance]:
            for collection in instance.collections.values():
                if found := collection.find(resource_id):
                    return found  # type: ignore[no-any-return]
        return self[Instance].find(resource_id)
