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
from connect_mock.resources.agent_statuses import AgentStatusOperations
from connect_mock.resources.analytics_data import AnalyticsDataOperations
from connect_mock.resources.approved_origins import ApprovedOriginOperations
from connect_mock.resources.attached_files import AttachedFileOperations
from connect_mock.resources.authentication_profiles import AuthenticationProfileOperations
from connect_mock.resources.bots import BotOperations
from connect_mock.resources.contact_flow_modules import ContactFlowModuleOperations
from connect_mock.resources.contact_flows import ContactFlowOperations
from connect_mock.resources.contacts import ContactOperations
from connect_mock.resources.email_addresses import EmailAddressOperations
from connect_mock.resources.flow_associations import FlowAssociationOperations
from connect_mock.resources.hours_of_operations import HoursOfOperationOperations
from connect_mock.resources.instance_attributes import InstanceAttributeOperations
from connect_mock.resources.instance_storage_configs import InstanceStorageConfigOperations
from connect_mock.resources.instances import InstanceOperations
from connect_mock.resources.integration_associations import IntegrationAssociationOperations
from connect_mock.resources.lambda_functions import LambdaFunctionOperations
from connect_mock.resources.phone_numbers import PhoneNumberOperations
from connect_mock.resources.predefined_attributes import PredefinedAttributeOperations
from connect_mock.resources.prompts import PromptOperations
from connect_mock.resources.queues import QueueOperations
from connect_mock.resources.quick_connects import QuickConnectOperations
from connect_mock.resources.routing_profiles import RoutingProfileOperations
from connect_mock.resources.rules import RuleOperations
from connect_mock.resources.security_keys import SecurityKeyOperations
from connect_mock.resources.security_profiles import SecurityProfileOperations
from connect_mock.resources.starting_contacts import StartingContactOperations
from connect_mock.resources.tags import TagOperations
from connect_mock.resources.task_templates import TaskTemplateOperations
from connect_mock.resources.traffic_distribution_groups import TrafficDistributionGroupOperations
from connect_mock.resources.user_hierarchies import UserHierarchyOperations
from connect_mock.resources.users import UserOperations
from connect_mock.resources.views import ViewOperations
from connect_mock.resources.vocabularies import VocabularyOperations


class ConnectBackend(
    AgentStatusOperations,
    AnalyticsDataOperations,
    ApprovedOriginOperations,
    AttachedFileOperations,
    AuthenticationProfileOperations,
    BotOperations,
    ContactFlowModuleOperations,
    ContactFlowOperations,
    ContactOperations,
    EmailAddressOperations,
    FlowAssociationOperations,
    HoursOfOperationOperations,
    InstanceAttributeOperations,
    InstanceStorageConfigOperations,
    InstanceOperations,
    IntegrationAssociationOperations,
    LambdaFunctionOperations,
    PhoneNumberOperations,
    PredefinedAttributeOperations,
    PromptOperations,
    QueueOperations,
    QuickConnectOperations,
    RoutingProfileOperations,
    RuleOperations,
    SecurityKeyOperations,
    SecurityProfileOperations,
    StartingContactOperations,
    TagOperations,
    TaskTemplateOperations,
    TrafficDistributionGroupOperations,
    UserHierarchyOperations,
    UserOperations,
    ViewOperations,
    VocabularyOperations,
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
