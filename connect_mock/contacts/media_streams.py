"""Streams of what customers say: $.MediaStreams.Customer.Audio, and MediaStreams in Lambda events.

Not emulated: the audio. Source: administrator guide, "Customer audio streams" and its attributes.
"""

from __future__ import annotations

from connect_mock import clock, ids
from connect_mock.contact import Contact
from connect_mock.contacts.system_attributes import instance_of
from connect_mock.flow.host import HostError
from connect_mock.instance import Instance
from connect_mock.resources.instance_storage_configs import InstanceStorageConfig


def start(contact: Contact) -> dict[str, str]:
    """The stream that starts now. Raises HostError when live media streaming is not enabled for the instance."""
    instance = instance_of(contact)
    return {
        "StreamARN": f"{_stream_arn_prefix(instance)}{contact.chain_id}/{_now()}",
        "StartTimestamp": _now(),
        "StartFragmentNumber": str(ids.source.randrange(10**46, 10**47)),
    }


def stop(stream: dict[str, str] | None) -> dict[str, str] | None:
    """The same stream, over now; None when there was none."""
    return {**stream, "StopTimestamp": _now()} if stream else None


def _stream_arn_prefix(instance: Instance) -> str:
    config = next((each.config for each in instance[InstanceStorageConfig] if each.type == "MEDIA_STREAMS"), None)
    if config is None:
        raise HostError(why="live media streaming is not enabled: the instance has no storage for MEDIA_STREAMS")
    account = instance.arn.rpartition(":")[0].replace(":connect:", ":kinesisvideo:")
    return f"{account}:stream/{config['KinesisVideoStreamConfig']['Prefix']}"


def _now() -> str:
    return str(int(clock.now().timestamp() * 1000))
