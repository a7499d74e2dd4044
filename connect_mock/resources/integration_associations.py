"""Integration associations: resources of other services that an instance works with, and their use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidRequestException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.other_services import check_exists
from connect_mock.quotas import Quota
from connect_mock.resource import Resource, To
from connect_mock.resources.associations import check_arn

QUOTAS = {
    "EVENT": Quota("event_integrations", 10),
    "WISDOM_KNOWLEDGE_BASE": Quota("knowledge_base_integrations", 10),
    "FILE_SCANNER": Quota("file_scanner_integrations", 1),
    "PINPOINT_APP": Quota("pinpoint_app_integrations", 1),
    "WISDOM_ASSISTANT": Quota("assistant_integrations", 1),
    "CASES_DOMAIN": Quota("cases_domain_integrations", 1),
}
"""How many of a type there may be; the other types have no documented limit."""

NEEDED_FOR_EVENTS = ("source_application_url", "source_application_name", "source_type")


@dataclass(kw_only=True, slots=True, eq=False)
class IntegrationAssociation(Resource):
    """A resource of another service that an instance works with."""

    arn_type = "integration-association"
    prefixes = ("IntegrationAssociation",)

    owner: Instance = field(repr=False)
    integration_type: str
    integration_arn: str
    source_application_url: str | None = None
    source_application_name: str | None = None
    source_type: str | None = None

    @property
    def unique_key(self) -> str | None:
        return _key(self.integration_type, self.integration_arn)

    @property
    def instance_id(self) -> str:
        return self.owner.id


@dataclass(kw_only=True, slots=True, eq=False)
class UseCase(Resource):
    """What an integration association is used for."""

    arn_type = "use-case"
    prefixes = ("UseCase",)
    refers_to = {"integration_association_id": To("IntegrationAssociation")}

    integration_association_id: str
    use_case_type: str

    @property
    def unique_key(self) -> str | None:
        return f"{self.integration_association_id} {self.use_case_type}"


class IntegrationAssociationOperations(Operations):
    """The operations on integration associations and use cases."""

    def create_integration_association(
        self, *, instance_id: str, integration_type: str, integration_arn: str, **members: Any
    ) -> dict[str, str]:
        """Let the instance work with the resource.

        Raises InvalidRequestException for what is not an ARN, for an EVENT without its source and for too many of a type, and
        DuplicateResourceException for a resource that is associated under that type; ResourceNotFoundException for a Lambda
        function that does not exist, under `mock_connect(check_other_services=True)`.
        """
        associations = self.instance(instance_id)[IntegrationAssociation]
        check_arn("IntegrationArn", integration_arn, "an integration")
        _check_source(integration_type, members)
        if not associations.named(_key(integration_type, integration_arn)):
            _check_quota(associations, integration_type)
        if ":lambda:" in integration_arn:
            check_exists(integration_arn)
        made = associations.add(integration_type=integration_type, integration_arn=integration_arn, **members)
        return {"IntegrationAssociationId": made.id, "IntegrationAssociationArn": made.arn}

    def list_integration_associations(
        self, *, instance_id: str, integration_type: str | None = None, integration_arn: str | None = None
    ) -> Selection[IntegrationAssociation]:
        """All of them, or those of a type, with a resource, or both. Lambda functions and Lex bots have lists of their own."""
        return self.instance(instance_id)[IntegrationAssociation].where(
            lambda each: integration_type in (None, each.integration_type) and integration_arn in (None, each.integration_arn)
        )

    def delete_integration_association(self, *, instance_id: str, integration_association_id: str) -> None:
        """Refused with InvalidRequestException while it has use cases."""
        associations = self.instance(instance_id)[IntegrationAssociation]
        associations.remove(associations.get(integration_association_id))

    # --- use cases

    def create_use_case(self, *, instance_id: str, integration_association_id: str, **members: Any) -> dict[str, str]:
        """A use case of the association; DuplicateResourceException when it has one of the type."""
        use_cases = self.instance(instance_id)[UseCase]
        made = use_cases.add(integration_association_id=integration_association_id, **members)
        return {"UseCaseId": made.id, "UseCaseArn": made.arn}

    def list_use_cases(self, *, instance_id: str, integration_association_id: str) -> Selection[UseCase]:
        """The use cases of the association."""
        instance = self.instance(instance_id)
        association = instance[IntegrationAssociation].get(integration_association_id)
        return instance[UseCase].where(lambda each: each.integration_association_id == association.id)

    def delete_use_case(self, *, instance_id: str, integration_association_id: str, use_case_id: str) -> None:
        """ResourceNotFoundException when it is not one of that association."""
        instance = self.instance(instance_id)
        association = instance[IntegrationAssociation].get(integration_association_id)
        use_case = instance[UseCase].get(use_case_id)
        if use_case.integration_association_id != association.id:
            raise ResourceNotFoundException(f"Integration association {association.id} has no use case {use_case.id}")
        instance[UseCase].remove(use_case)


def _key(integration_type: str, integration_arn: str) -> str:
    return f"{integration_type} {integration_arn}"


def _check_source(integration_type: str, members: dict[str, Any]) -> None:
    missing = [name for name in NEEDED_FOR_EVENTS if integration_type == "EVENT" and name not in members]
    if missing:
        names = ", ".join(each.title().replace("_", "") for each in missing)
        raise InvalidRequestException(f"{names} must be given for the integration type EVENT")


def _check_quota(associations: Collection[IntegrationAssociation], integration_type: str) -> None:
    of_the_type = sum(each.integration_type == integration_type for each in associations)
    if quota := QUOTAS.get(integration_type):
        quota.check(of_the_type + 1)
