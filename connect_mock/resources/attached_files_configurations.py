"""Configurations of attached files: their largest size and their extensions, for each kind of thing that they hang on.

Source: documentation of UpdateAttachedFilesConfiguration; administrator guide, "Enable attachments", for the defaults.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resource import Resource, Shown

SCOPES = ("EMAIL", "CHAT", "CASE", "TASK")

DEFAULT_SIZE = 20 * 1024 * 1024
"""Bytes: 20 MB."""

DEFAULT_EXTENSIONS = (
    *("csv", "doc", "docx", "heic", "jfif", "jpeg", "jpg", "mov", "mp4", "pdf"),
    *("png", "ppt", "pptx", "rtf", "txt", "wav", "xls", "xlsx"),
)
"""Documented for chats. AWS publishes no other list, so that all scopes have this one."""


def _default_extensions() -> dict[str, Any]:
    return {"AllowedExtensions": [{"Extension": each} for each in DEFAULT_EXTENSIONS]}


@dataclass(kw_only=True, slots=True, eq=False)
class AttachedFilesConfiguration(Resource):
    """What may be attached in one scope. An instance has one for each scope that was ever updated."""

    taggable = False

    owner: Instance = field(repr=False)
    attachment_scope: str
    maximum_size_limit_in_bytes: int = DEFAULT_SIZE
    extension_configuration: dict[str, Any] = field(default_factory=_default_extensions)

    @property
    def instance_id(self) -> str:
        return self.owner.id

    @property
    def unique_key(self) -> str:
        return self.attachment_scope

    @property
    def extensions(self) -> list[str]:
        """Those allowed, in lower case."""
        return [each["Extension"].lower() for each in self.extension_configuration["AllowedExtensions"]]


def in_force(instance: Instance, scope: str) -> AttachedFilesConfiguration:
    """The configuration of the scope: its own, or the default one, which is nowhere kept."""
    own = instance[AttachedFilesConfiguration].named(scope)
    return own or AttachedFilesConfiguration(owner=instance, attachment_scope=scope)


class AttachedFilesConfigurationOperations(Operations):
    """The operations on configurations of attached files."""

    def describe_attached_files_configuration(self, *, instance_id: str, attachment_scope: str) -> dict[str, Any]:
        """The configuration in force. The default one was never modified."""
        instance = self.instance(instance_id)
        own = instance[AttachedFilesConfiguration].named(attachment_scope)
        default = Shown(in_force(instance, attachment_scope), last_modified_time=None)
        return {"AttachedFilesConfiguration": own or default}

    def list_attached_files_configurations(self, *, instance_id: str) -> list[AttachedFilesConfiguration]:
        """Those in force in all scopes."""
        instance = self.instance(instance_id)
        return [in_force(instance, scope) for scope in SCOPES]

    def update_attached_files_configuration(
        self, *, instance_id: str, attachment_scope: str, **members: Any
    ) -> AttachedFilesConfiguration:
        """Set what is given; what is not stays. Files that are there already stay too."""
        configurations = self.instance(instance_id)[AttachedFilesConfiguration]
        own = configurations.named(attachment_scope) or configurations.add(attachment_scope=attachment_scope)
        return configurations.update(own, **members)
