"""How contacts come to a user: settings for each channel, and PhoneConfig, which shows those for calls in the older form.

Source: documentation of CreateUser, UpdateUserConfig, UpdateUserPhoneConfig and their shapes. Times are in seconds. Not
emulated: that after-contact work of a chat ends after 90 minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from connect_mock.errors import InvalidParameterException, InvalidRequestException

Config = dict[str, Any]
"""The settings for one channel, as on the wire."""

Configs = dict[str, list[Config]]
"""By the Python name of the member."""

CHANNELS = ("VOICE", "CHAT", "TASK", "EMAIL")

MEMBERS = {
    "auto_accept_configs": "AutoAcceptConfigs",
    "after_contact_work_configs": "AfterContactWorkConfigs",
    "phone_number_configs": "PhoneNumberConfigs",
    "persistent_connection_configs": "PersistentConnectionConfigs",
    "voice_enhancement_configs": "VoiceEnhancementConfigs",
}

VOICE_ONLY = ("phone_number_configs", "persistent_connection_configs", "voice_enhancement_configs")

IN_PHONE_CONFIG = {
    "auto_accept_configs": ("AutoAccept",),
    "after_contact_work_configs": ("AfterContactWorkTimeLimit",),
    "phone_number_configs": ("PhoneType", "DeskPhoneNumber"),
    "persistent_connection_configs": ("PersistentConnection",),
}
"""The members of PhoneConfig that say the same."""

LONGEST_AFTER_CONTACT_WORK = 2_000_000
"""Seconds; 0 lets it last until the agent ends it."""

DEFAULT_PHONE_CONFIG: Config = {
    "PhoneType": "SOFT_PHONE",
    "AutoAccept": False,
    "AfterContactWorkTimeLimit": 0,
    "PersistentConnection": False,
}


def take_configs(members: dict[str, Any]) -> Configs:
    """The settings for channels among the members of a request, taken out of them."""
    return {name: members.pop(name) for name in MEMBERS if name in members}


class Configured(Protocol):
    """Something with settings for each channel."""

    auto_accept_configs: list[Config]
    after_contact_work_configs: list[Config]
    phone_number_configs: list[Config]
    persistent_connection_configs: list[Config]


def phone_config(of: Configured) -> Config:
    """The settings for calls as a PhoneConfig; what was never set has its default."""
    phone, work = _for_calls(of.phone_number_configs), _for_calls(of.after_contact_work_configs)
    found = {
        "PhoneType": phone.get("PhoneType"),
        "DeskPhoneNumber": phone.get("PhoneNumber"),
        "AutoAccept": _for_calls(of.auto_accept_configs).get("AutoAccept"),
        "AfterContactWorkTimeLimit": work.get("AfterContactWorkConfig", {}).get("AfterContactWorkTimeLimit"),
        "PersistentConnection": _for_calls(of.persistent_connection_configs).get("PersistentConnection"),
    }
    return DEFAULT_PHONE_CONFIG | {name: value for name, value in found.items() if value is not None}


def _for_calls(configs: list[Config]) -> Config:
    return next((each for each in configs if each["Channel"] == "VOICE"), {})


def in_milliseconds(phone: Config) -> Config:
    """A PhoneConfig as SearchUsers shows it (documentation of UserPhoneConfig)."""
    return phone | {"AfterContactWorkTimeLimit": phone["AfterContactWorkTimeLimit"] * 1000}


def from_phone_config(phone: Config) -> Configs:
    """The settings for each channel that a PhoneConfig stands for.

    Its after-contact work is that of all channels (documentation of UpdateUserConfig), and so is accepting by itself here.
    """
    number = {"PhoneNumber": phone["DeskPhoneNumber"]} if "DeskPhoneNumber" in phone else {}
    kind = phone.get("PhoneType", "SOFT_PHONE")
    work = {"AfterContactWorkTimeLimit": phone.get("AfterContactWorkTimeLimit")}
    meant: Configs = {
        "auto_accept_configs": [{"Channel": each, "AutoAccept": phone.get("AutoAccept")} for each in CHANNELS],
        "after_contact_work_configs": [{"Channel": each, "AfterContactWorkConfig": work} for each in CHANNELS],
        "phone_number_configs": [{"Channel": "VOICE", "PhoneType": kind, **number}],
        "persistent_connection_configs": [{"Channel": "VOICE", "PersistentConnection": phone.get("PersistentConnection")}],
    }
    return {name: configs for name, configs in meant.items() if phone.keys() & set(IN_PHONE_CONFIG[name])}


def first_configs(phone: Config, configs: Configs) -> Configs:
    """The settings of a new user. Raises InvalidRequestException for what is said in both forms, and as `check` does."""
    for name, members in IN_PHONE_CONFIG.items():
        if name in configs and (twice := phone.keys() & set(members)):
            raise InvalidRequestException(f"PhoneConfig.{min(twice)} must not be given together with {MEMBERS[name]}")
    return check(from_phone_config(phone) | configs)


def merged(before: Iterable[Config], changes: list[Config]) -> list[Config]:
    """The settings after a change: channels that it does not name keep theirs (AWS does not say whether they do)."""
    return list({each["Channel"]: each for each in (*before, *changes)}.values())


def check(configs: Configs) -> Configs:
    """The same. Raises InvalidParameterException for what the documentation rules out."""
    for name, each in configs.items():
        _check_channels(name, [config["Channel"] for config in each])
        for config in each:
            _check_agent_first(MEMBERS[name], config)
            _check_limits(config)
            _check_desk_phone(config)
    return configs


def _check_channels(name: str, channels: list[str]) -> None:
    accepted = ("VOICE",) if name in VOICE_ONLY else CHANNELS
    for channel in channels:
        if channel not in accepted or channels.count(channel) > 1:
            raise InvalidParameterException(f"{MEMBERS[name]} takes each of {', '.join(accepted)} once, got {channels}")


def _check_agent_first(member: str, config: Config) -> None:
    for name in config:
        if name.startswith("AgentFirstCallback") and config["Channel"] != "VOICE":
            raise InvalidParameterException(f"{member}: {name} is for channel VOICE, got {config['Channel']}")


def _check_limits(config: Config) -> None:
    for name in ("AfterContactWorkConfig", "AgentFirstCallbackAfterContactWorkConfig"):
        limit = config.get(name, {}).get("AfterContactWorkTimeLimit", 0)
        if limit > LONGEST_AFTER_CONTACT_WORK:
            longest = LONGEST_AFTER_CONTACT_WORK
            raise InvalidParameterException(f"AfterContactWorkTimeLimit must be 0 to {longest} seconds, got {limit}")


def _check_desk_phone(config: Config) -> None:
    if config.get("PhoneType") == "DESK_PHONE" and "PhoneNumber" not in config:
        raise InvalidParameterException("PhoneType DESK_PHONE needs the number of the desk phone, such as +12065550100")
