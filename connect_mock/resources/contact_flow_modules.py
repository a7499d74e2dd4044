"""Flow modules: parts of flows that several flows share, with the life of flows and a contract with those who invoke them.

A module is published when it is created: the operation has no Status. Not emulated: that modules call each other five levels
deep at most and never in a circle, and that an AI agent can invoke one (ExternalInvocationConfiguration is kept and shown).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import (
    InvalidContactFlowModuleException,
    InvalidParameterException,
    InvalidRequestException,
    ResourceNotFoundException,
)
from connect_mock.flow import contracts, document
from connect_mock.instance import Instance
from connect_mock.operations import Operations, check_any_given
from connect_mock.publishing import SAVED, SEARCH, Alias, Publishable, Version, addressed, check_writable
from connect_mock.quotas import Quota
from connect_mock.resources.flow_inventory import HELD, held_by, publication_problems
from connect_mock.search import with_tags


@dataclass(kw_only=True, slots=True, eq=False)
class ContactFlowModule(Publishable):
    """A flow module. Its `settings` are the text of its contract."""

    arn_type = "flow-module"
    prefixes = ("ContactFlowModule", "FlowModule")
    tag_type = "flow-module"
    quota: ClassVar = Quota("contact_flow_modules", 200)

    external_invocation_configuration: dict[str, bool] | None = None


HELD[ContactFlowModule.arn_type] = lambda instance: instance[ContactFlowModule]


class ContactFlowModuleOperations(Operations):
    """The operations on flow modules."""

    def create_contact_flow_module(
        self, *, instance_id: str, content: str, settings: str | None = None, **members: Any
    ) -> dict[str, str]:
        """A new module, checked and published. Without Settings it declares nothing."""
        modules = self.instance(instance_id)[ContactFlowModule]
        self._check(instance_id, content, settings, publish=True)
        module = modules.add(saved_content=content, saved_settings=settings, **members)
        module.publish()
        return {"Id": module.id, "Arn": module.arn}

    def describe_contact_flow_module(self, *, instance_id: str, contact_flow_module_id: str) -> dict[str, Any]:
        """The module as published, or as its id's qualifier says. State and Status come in lower case (seen live)."""
        module, qualifier = self._module(instance_id, contact_flow_module_id)
        shown = module.at(qualifier)
        shown.members |= {"state": module.state.lower(), "status": shown.members["status"].lower()}
        return {"ContactFlowModule": shown}

    def list_contact_flow_modules(
        self, *, instance_id: str, contact_flow_module_state: str | None = None
    ) -> Selection[ContactFlowModule]:
        """All modules, or the active or the archived ones."""
        modules = self.instance(instance_id)[ContactFlowModule]
        return modules.where(lambda module: contact_flow_module_state in (None, module.state))

    def search_contact_flow_modules(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> Selection[ContactFlowModule]:
        """Modules by name, description, state and status, and by tags."""
        return SEARCH.over(self.instance(instance_id)[ContactFlowModule], search_criteria, with_tags(search_filter))

    def update_contact_flow_module_content(
        self, *, instance_id: str, contact_flow_module_id: str, content: str | None = None, settings: str | None = None
    ) -> None:
        """Publish new content, settings or both, or with `:$SAVED` keep them as the draft.

        What is not given stays as it is in the copy that is written; AWS does not say. As with flows, publishing overwrites
        the draft, and what is refused leaves everything as it was.
        """
        module, qualifier = self._module(instance_id, contact_flow_module_id)
        check_writable(qualifier)
        check_any_given(Content=content, Settings=settings)
        before = module.at(qualifier).members
        content = before["content"] if content is None else content
        settings = before["settings"] if settings is None else settings
        self._check(instance_id, content, settings, publish=qualifier != SAVED)
        module.write(content, settings, qualifier)
        self.instance(instance_id)[ContactFlowModule].touch(module)

    def update_contact_flow_module_metadata(self, *, instance_id: str, contact_flow_module_id: str, **members: Any) -> None:
        """Rename, describe, archive or bring back."""
        module, _ = self._module(instance_id, contact_flow_module_id)
        self.instance(instance_id)[ContactFlowModule].update(module, **members)

    def delete_contact_flow_module(self, *, instance_id: str, contact_flow_module_id: str) -> None:
        """Delete the module with its versions and aliases; no documentation speaks of flows that still invoke it."""
        module, _ = self._module(instance_id, contact_flow_module_id)
        self.instance(instance_id)[ContactFlowModule].remove(module)

    # --- versions

    def create_contact_flow_module_version(
        self,
        *,
        instance_id: str,
        contact_flow_module_id: str,
        description: str | None = None,
        flow_module_content_sha256: str | None = None,
    ) -> dict[str, Any]:
        """A version of the published content and settings; the number that exists when they did not change."""
        module, _ = self._module(instance_id, contact_flow_module_id)
        version = module.snapshot(flow_module_content_sha256, description)
        return {"ContactFlowModuleArn": module.arn, "Version": version.version}

    def list_contact_flow_module_versions(self, *, instance_id: str, contact_flow_module_id: str) -> Selection[Version]:
        """Newest first."""
        return self._module(instance_id, contact_flow_module_id)[0][Version].all().newest_first()

    def delete_contact_flow_module_version(
        self, *, instance_id: str, contact_flow_module_id: str, contact_flow_module_version: int
    ) -> None:
        """Refused while an alias points at it. The number is not used again."""
        self._module(instance_id, contact_flow_module_id)[0].drop(contact_flow_module_version)

    # --- aliases

    def create_contact_flow_module_alias(
        self,
        *,
        instance_id: str,
        contact_flow_module_id: str,
        contact_flow_module_version: int,
        alias_name: str,
        description: str | None = None,
    ) -> dict[str, str]:
        """A name for a version that exists. A flow binds it as `<module ARN>:<alias id>`."""
        module, _ = self._module(instance_id, contact_flow_module_id)
        alias = module.point(contact_flow_module_version, name=alias_name, description=description)
        return {"ContactFlowModuleArn": module.arn, "Id": alias.id}

    def describe_contact_flow_module_alias(
        self, *, instance_id: str, contact_flow_module_id: str, alias_id: str
    ) -> dict[str, Alias]:
        """The alias and the version that it names."""
        return {"ContactFlowModuleAlias": self._module(instance_id, contact_flow_module_id)[0][Alias].get(alias_id)}

    def list_contact_flow_module_aliases(self, *, instance_id: str, contact_flow_module_id: str) -> Collection[Alias]:
        """The module's aliases, at most 100 to a page."""
        return self._module(instance_id, contact_flow_module_id)[0][Alias]

    def update_contact_flow_module_alias(
        self,
        *,
        instance_id: str,
        contact_flow_module_id: str,
        alias_id: str,
        contact_flow_module_version: int | None = None,
        **members: Any,
    ) -> None:
        """Rename it, describe it, or let it name another version."""
        self._module(instance_id, contact_flow_module_id)[0].repoint(alias_id, contact_flow_module_version, **members)

    def delete_contact_flow_module_alias(self, *, instance_id: str, contact_flow_module_id: str, alias_id: str) -> None:
        """The version stays."""
        aliases = self._module(instance_id, contact_flow_module_id)[0][Alias]
        aliases.remove(aliases.get(alias_id))

    def _module(self, instance_id: str, contact_flow_module_id: str) -> tuple[ContactFlowModule, str]:
        return addressed(self.instance(instance_id)[ContactFlowModule], contact_flow_module_id)

    def _check(self, instance_id: str, content: str, settings: str | None, publish: bool) -> None:
        try:
            declared = contracts.read(settings)
        except contracts.NotAContract as error:
            raise InvalidParameterException(str(error)) from None
        if publish:
            _check_settings_in(content)
            instance = self.instance(instance_id)
            problems = publication_problems(content, "MODULE", held_by(instance), contracts_of(instance), declared)
            if problems:
                raise InvalidContactFlowModuleException(Problems=problems)


def _check_settings_in(content: str) -> None:
    """A module's content has `Settings` too, which nothing reads. Without them it is InvalidRequestException (seen live)."""
    try:
        settings = document.read(content).settings
    except document.NotAFlow:  # one of the problems
        return
    if settings is None:
        raise InvalidRequestException("JSON field is missing or null for field name: settings")


def contracts_of(instance: Instance) -> contracts.ContractOf:
    """What is declared by the modules of an instance, for those who invoke them by id, alias id, version or ARN."""

    def contract_of(module_id: str) -> contracts.Contract | None:
        try:
            module, qualifier = addressed(instance[ContactFlowModule], module_id)
            return contracts.read(module.at(qualifier).members["settings"])
        except ResourceNotFoundException:
            return None

    return contract_of
