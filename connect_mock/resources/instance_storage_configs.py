"""Storage configurations: the buckets and streams that an instance writes recordings, transcripts, records and events to.

Not emulated: the writing. Whether bucket, stream and key exist is looked at only under
`mock_connect(check_other_services=True)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from connect_mock.collection import Collection
from connect_mock.errors import InvalidParameterException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.other_services import check_exists
from connect_mock.resources.associations import Association, check_arn

Config = dict[str, Any]

MEMBERS = {
    "S3": "S3Config",
    "KINESIS_VIDEO_STREAM": "KinesisVideoStreamConfig",
    "KINESIS_STREAM": "KinesisStreamConfig",
    "KINESIS_FIREHOSE": "KinesisFirehoseConfig",
}
"""The member of InstanceStorageConfig for each storage type."""

FILES = ("S3",)
STREAMS = ("KINESIS_STREAM", "KINESIS_FIREHOSE")
FITTING = {
    "CHAT_TRANSCRIPTS": FILES,
    "CALL_RECORDINGS": FILES,
    "SCHEDULED_REPORTS": FILES,
    "ATTACHMENTS": FILES,
    "CONTACT_EVALUATIONS": FILES,
    "SCREEN_RECORDINGS": FILES,
    "EMAIL_MESSAGES": FILES,
    "MEDIA_STREAMS": ("KINESIS_VIDEO_STREAM",),
    "AGENT_EVENTS": ("KINESIS_STREAM",),
    "CONTACT_TRACE_RECORDS": STREAMS,
    "REAL_TIME_CONTACT_ANALYSIS_SEGMENTS": STREAMS,
    "REAL_TIME_CONTACT_ANALYSIS_CHAT_SEGMENTS": STREAMS,
    "REAL_TIME_CONTACT_ANALYSIS_VOICE_SEGMENTS": STREAMS,
}
"""The storage types that go with each resource type (administrator guide); a newer one goes with all."""


@dataclass(kw_only=True, slots=True, eq=False)
class InstanceStorageConfig(Association):
    """Where an instance puts one type of resource."""

    type: str
    """The resource type."""
    config: Config
    """As it was sent, with the prefix of video streams as the service makes it."""

    @property
    def unique_key(self) -> str | None:
        """One of each: the service answers 409 to a second bucket for call recordings (reported live)."""
        return self.type

    @property
    def shown(self) -> Config:
        """As answers show it."""
        return self.config | {"AssociationId": self.id}


class InstanceStorageConfigOperations(Operations):
    """The operations on storage configurations."""

    def associate_instance_storage_config(
        self, *, instance_id: str, resource_type: str, storage_config: Config
    ) -> dict[str, str]:
        """Put the resources of a type there. An AssociationId in `storage_config` has no meaning.

        Raises ResourceConflictException when the type has a configuration, and what `_checked` does.
        """
        instance = self.instance(instance_id)
        config = _checked(instance, resource_type, storage_config)
        made = instance[InstanceStorageConfig].add(type=resource_type, config=config)
        return {"AssociationId": made.id}

    def describe_instance_storage_config(
        self, *, instance_id: str, association_id: str, resource_type: str
    ) -> dict[str, Config]:
        """The configuration that has the id, for that resource type."""
        return {"StorageConfig": _found(self._storage_configs(instance_id), association_id, resource_type).shown}

    def list_instance_storage_configs(self, *, instance_id: str, resource_type: str) -> list[Config]:
        """The configuration for that resource type, or none."""
        return [each.shown for each in self._storage_configs(instance_id) if each.type == resource_type]

    def update_instance_storage_config(
        self, *, instance_id: str, association_id: str, resource_type: str, storage_config: Config
    ) -> None:
        """Put another configuration in its place, perhaps of another storage type; the id stays.

        Raises ResourceNotFoundException for another resource type than the configuration is for, and what `_checked` does.
        """
        configs = self._storage_configs(instance_id)
        found = _found(configs, association_id, resource_type)
        configs.update(found, config=_checked(self.instance(instance_id), resource_type, storage_config))

    def disassociate_instance_storage_config(self, *, instance_id: str, association_id: str, resource_type: str) -> None:
        """Put the resources of that type nowhere."""
        configs = self._storage_configs(instance_id)
        configs.remove(_found(configs, association_id, resource_type))

    def _storage_configs(self, instance_id: str) -> Collection[InstanceStorageConfig]:
        return self.instance(instance_id)[InstanceStorageConfig]


def _checked(instance: Instance, resource_type: str, config: Config) -> Config:
    """The configuration as it is kept.

    Raises InvalidParameterException for a storage type that does not go with the resource type, for a member that does not go
    with the storage type and for what is not the ARN of the right thing; ResourceNotFoundException for what does not exist,
    where that is looked at.
    """
    _check_type(resource_type, config)
    _check_arns(config)
    for arn in _used(instance, config):
        check_exists(arn)
    return _with_whole_prefix(instance, config)


def _found(configs: Collection[InstanceStorageConfig], association_id: str, resource_type: str) -> InstanceStorageConfig:
    found = configs.get(association_id)
    if found.type != resource_type:
        raise ResourceNotFoundException(f"There is no storage configuration {association_id} for {resource_type}")
    return found


def _check_type(resource_type: str, config: Config) -> None:
    storage_type = config["StorageType"]
    fitting = FITTING.get(resource_type, tuple(MEMBERS))
    if storage_type not in fitting:
        accepted = " or ".join(fitting)
        raise InvalidParameterException(
            f"StorageConfig.StorageType must be {accepted} for {resource_type}, got {storage_type}"
        )
    given = [member for member in MEMBERS.values() if member in config]
    if given != [MEMBERS[storage_type]]:
        wanted = f"{MEMBERS[storage_type]} and no other configuration for {storage_type}"
        raise InvalidParameterException(f"StorageConfig must hold {wanted}, got {', '.join(given) or 'none'}")


ARNS = (
    ("KinesisStreamConfig", "StreamArn", "a data stream", "kinesis", "stream/.+"),
    ("KinesisFirehoseConfig", "FirehoseArn", "a delivery stream", "firehose", "deliverystream/.+"),
    ("S3Config", "EncryptionConfig", "a key", "kms", "(?:key|alias)/.+"),
    ("KinesisVideoStreamConfig", "EncryptionConfig", "a key", "kms", "(?:key|alias)/.+"),
)
"""The members that hold ARNs, and what the ARNs are of. The id of a key is not enough (documentation of EncryptionConfig)."""


def _given_arns(config: Config) -> Iterator[tuple[str, str, str, str, str]]:
    """Path, value, and what it has to be the ARN of."""
    for outer, inner, *thing in ARNS:
        value = config.get(outer, {}).get(inner)
        if isinstance(value, dict):
            yield f"StorageConfig.{outer}.{inner}.KeyId", value["KeyId"], *thing
        elif value is not None:
            yield f"StorageConfig.{outer}.{inner}", value, *thing


def _check_arns(config: Config) -> None:
    for member, arn, *thing in _given_arns(config):
        check_arn(member, arn, *thing)


def _used(instance: Instance, config: Config) -> Iterator[str]:
    """The ARNs of what has to exist. A video stream is made by the service, for each contact."""
    if "S3Config" in config:
        yield f"{instance.arn.partition(':connect:')[0]}:s3:::{config['S3Config']['BucketName']}"
    yield from (arn for _, arn, *_ in _given_arns(config))


def _with_whole_prefix(instance: Instance, config: Config) -> Config:
    """The service appends to the prefix of video streams (Terraform provider), and not again to what it appended to before.

    AWS does not say what stands there for an instance without alias.
    """
    if "KinesisVideoStreamConfig" not in config:
        return config
    video, ending = config["KinesisVideoStreamConfig"], f"-connect-{instance.instance_alias or instance.id}-contact-"
    return config | {"KinesisVideoStreamConfig": video | {"Prefix": video["Prefix"].removesuffix(ending) + ending}}
