"""Analytics data: the data sets of the analytics data lake that an instance shares with other accounts.

Any data set id can be associated: the service does not publish a closed list, and moto takes any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from connect_mock import ids
from connect_mock.collection import Collection
from connect_mock.errors import InvalidParameterException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resource import Resource

DATA_SETS = (
    "agent_metrics",
    "agent_queue_statistic_record",
    "agent_statistic_record",
    "bot_conversations",
    "bot_intents",
    "bot_slots",
    "contact_evaluation_record",
    "contact_flow_events",
    "contact_lens_conversational_analytics",
    "contact_record",
    "contact_statistic_record",
    "outbound_campaign_events",
    "staff_scheduling_profile",
    "staff_shifts",
    "staff_timeoffs",
    "users",
)
"""Tables of the data lake (administrator guide, Analytics data lake)."""


@dataclass(kw_only=True, slots=True, eq=False)
class AnalyticsDataAssociation(Resource):
    """A data set shared with an account through a resource share."""

    taggable = False

    data_set_id: str
    target_account_id: str
    resource_share_arn_prefix: str
    resource_share_id: str = field(default_factory=ids.uuid)
    resource_share_status: str = "ACTIVE"

    @property
    def resource_share_arn(self) -> str:
        return f"{self.resource_share_arn_prefix}{self.resource_share_id}"

    @property
    def unique_key(self) -> str:
        return self.data_set_id

    @property
    def position(self) -> str:
        """Listed by data set, as moto does."""
        return self.data_set_id


class AnalyticsDataOperations(Operations):
    """The operations on associations of data sets."""

    def associate_analytics_data_set(
        self, *, instance_id: str, data_set_id: str, target_account_id: str | None = None
    ) -> AnalyticsDataAssociation:
        """Share one data set, with the caller's own account by default; twice is InvalidParameterException, as in moto."""
        return self._associate(self._associations(instance_id), data_set_id, target_account_id)

    def batch_associate_analytics_data_set(
        self, *, instance_id: str, data_set_ids: list[str], target_account_id: str | None = None
    ) -> dict[str, list[Any]]:
        """Share several; what fails is in `Errors`, the rest is done."""
        associations = self._associations(instance_id)
        created: list[AnalyticsDataAssociation] = []
        errors: list[dict[str, str]] = []
        for data_set_id in data_set_ids:
            try:
                created.append(self._associate(associations, data_set_id, target_account_id))
            except InvalidParameterException as error:
                errors.append({"ErrorCode": error.code, "ErrorMessage": error.message})
        return {"Created": created, "Errors": errors}

    def disassociate_analytics_data_set(
        self, *, instance_id: str, data_set_id: str, target_account_id: str | None = None
    ) -> None:
        """End one association; ResourceNotFoundException when the data set is not shared with that account."""
        associations = self._associations(instance_id)
        associations.remove(self._shared(associations, data_set_id, target_account_id))

    def batch_disassociate_analytics_data_set(
        self, *, instance_id: str, data_set_ids: list[str], target_account_id: str | None = None
    ) -> dict[str, list[Any]]:
        """End several; what was not shared is in `Errors`."""
        associations = self._associations(instance_id)
        deleted: list[str] = []
        errors: list[dict[str, str]] = []
        for data_set_id in data_set_ids:
            try:
                associations.remove(self._shared(associations, data_set_id, target_account_id))
                deleted.append(data_set_id)
            except ResourceNotFoundException as error:
                errors.append({"ErrorCode": error.code, "ErrorMessage": error.message})
        return {"Deleted": deleted, "Errors": errors}

    def list_analytics_data_associations(self, *, instance_id: str, data_set_id: str | None = None) -> Any:
        """All associations, or those of one data set."""
        associations = self._associations(instance_id)
        return associations.where(lambda each: data_set_id in (None, each.data_set_id))

    def list_analytics_data_lake_data_sets(self, *, instance_id: str) -> list[dict[str, str]]:
        """The data sets that can be shared."""
        self._associations(instance_id)
        return [{"DataSetId": name, "DataSetName": name} for name in DATA_SETS]

    def _associations(self, instance_id: str) -> Collection[AnalyticsDataAssociation]:
        return self[Instance].get(instance_id)[AnalyticsDataAssociation]

    def _associate(
        self, associations: Collection[AnalyticsDataAssociation], data_set_id: str, target_account_id: str | None
    ) -> AnalyticsDataAssociation:
        if associations.named(data_set_id):
            raise InvalidParameterException(f"Data set {data_set_id} is already associated with the instance")
        return associations.add(
            data_set_id=data_set_id,
            target_account_id=target_account_id or self.account_id,
            resource_share_arn_prefix=f"arn:{self.partition}:ram:{self.region_name}:{self.account_id}:resource-share/",
        )

    def _shared(
        self, associations: Collection[AnalyticsDataAssociation], data_set_id: str, target_account_id: str | None
    ) -> AnalyticsDataAssociation:
        found = associations.named(data_set_id)
        if found is None or target_account_id not in (None, found.target_account_id):
            raise ResourceNotFoundException(f"Data set {data_set_id} is not associated with the instance")
        return found
