"""ConnectBackend: all of Amazon Connect for one account in one Region. Read this first.

Each class below is a module of `resources/` and holds the operations of one noun. To add a resource type, write its module
and add its class here.
"""

from __future__ import annotations

from typing import Any

from moto.core.base_backend import BaseBackend

from connect_mock.collection import Collection, Owner
from connect_mock.contacts.contacts import ContactOperations
from connect_mock.contacts.creating_contacts import CreatingContactOperations
from connect_mock.contacts.starting_calls import StartingCallOperations
from connect_mock.contacts.starting_chats import StartingChatOperations
from connect_mock.contacts.starting_emails import StartingEmailOperations
from connect_mock.contacts.starting_tasks import StartingTaskOperations
from connect_mock.instance import Instance
from connect_mock.resource import Resource
from connect_mock.resources.agent_statuses import AgentStatusOperations
from connect_mock.resources.analytics_data import AnalyticsDataOperations
from connect_mock.resources.approved_origins import ApprovedOriginOperations
from connect_mock.resources.attached_files import AttachedFileOperations
from connect_mock.resources.attached_files_configurations import AttachedFilesConfigurationOperations
from connect_mock.resources.authentication_profiles import AuthenticationProfileOperations
from connect_mock.resources.bots import BotOperations
from connect_mock.resources.contact_flow_modules import ContactFlowModuleOperations
from connect_mock.resources.contact_flows import ContactFlowOperations
from connect_mock.resources.cross_region_routing import CrossRegionRoutingOperations
from connect_mock.resources.current_user_data import CurrentUserDataOperations
from connect_mock.resources.email_addresses import EmailAddressOperations
from connect_mock.resources.flow_associations import FlowAssociationOperations
from connect_mock.resources.hours_of_operation_overrides import HoursOfOperationOverrideOperations
from connect_mock.resources.hours_of_operations import HoursOfOperationOperations
from connect_mock.resources.instance_attributes import InstanceAttributeOperations
from connect_mock.resources.instance_storage_configs import InstanceStorageConfigOperations
from connect_mock.resources.instances import InstanceOperations
from connect_mock.resources.integration_associations import IntegrationAssociationOperations
from connect_mock.resources.lambda_functions import LambdaFunctionOperations
from connect_mock.resources.phone_number_claims import PhoneNumberClaimOperations
from connect_mock.resources.phone_numbers import PhoneNumberOperations
from connect_mock.resources.predefined_attributes import PredefinedAttributeOperations
from connect_mock.resources.prompts import PromptOperations
from connect_mock.resources.queue_associations import QueueAssociationOperations
from connect_mock.resources.queues import QueueOperations
from connect_mock.resources.quick_connects import QuickConnectOperations
from connect_mock.resources.replication import ReplicationOperations
from connect_mock.resources.routing_profile_queues import RoutingProfileQueueOperations
from connect_mock.resources.routing_profiles import RoutingProfileOperations
from connect_mock.resources.rules import RuleOperations
from connect_mock.resources.security_keys import SecurityKeyOperations
from connect_mock.resources.security_profiles import SecurityProfileOperations
from connect_mock.resources.sessions import SessionOperations
from connect_mock.resources.tags import TagOperations
from connect_mock.resources.task_templates import TaskTemplateOperations
from connect_mock.resources.traffic_distribution_groups import TrafficDistributionGroupOperations
from connect_mock.resources.user_hierarchies import UserHierarchyOperations
from connect_mock.resources.user_proficiencies import UserProficiencyOperations
from connect_mock.resources.user_statuses import UserStatusOperations
from connect_mock.resources.users import UserOperations
from connect_mock.resources.views import ViewOperations
from connect_mock.resources.vocabularies import VocabularyOperations


class ConnectBackend(
    AgentStatusOperations,
    AnalyticsDataOperations,
    ApprovedOriginOperations,
    AttachedFileOperations,
    AttachedFilesConfigurationOperations,
    AuthenticationProfileOperations,
    BotOperations,
    ContactFlowModuleOperations,
    ContactFlowOperations,
    ContactOperations,
    CurrentUserDataOperations,
    CreatingContactOperations,
    CrossRegionRoutingOperations,
    EmailAddressOperations,
    FlowAssociationOperations,
    HoursOfOperationOperations,
    HoursOfOperationOverrideOperations,
    InstanceAttributeOperations,
    InstanceStorageConfigOperations,
    InstanceOperations,
    IntegrationAssociationOperations,
    LambdaFunctionOperations,
    PhoneNumberClaimOperations,
    PhoneNumberOperations,
    PredefinedAttributeOperations,
    PromptOperations,
    QueueAssociationOperations,
    QueueOperations,
    QuickConnectOperations,
    ReplicationOperations,
    RoutingProfileOperations,
    RoutingProfileQueueOperations,
    RuleOperations,
    SecurityKeyOperations,
    SecurityProfileOperations,
    SessionOperations,
    StartingCallOperations,
    StartingChatOperations,
    StartingEmailOperations,
    StartingTaskOperations,
    TagOperations,
    TaskTemplateOperations,
    TrafficDistributionGroupOperations,
    UserHierarchyOperations,
    UserOperations,
    UserProficiencyOperations,
    UserStatusOperations,
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
        """The resource of any kind that has this id, or None. A user's id means the user, not the queue of that agent."""
        owners: list[Owner] = [*self[Instance], self]
        collections = [collection for owner in owners for collection in owner.collections.values()]
        found: list[Resource] = [each for collection in collections if (each := collection.find(resource_id))]
        return min(found, key=lambda each: not each.taggable, default=None)
