"""How contacts come to a user: settings for each channel, and PhoneConfig."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
MakeUser = Callable[..., str]
CHANNELS = ("VOICE", "CHAT", "TASK", "EMAIL")


def work(channel: str, seconds: int, **members: Any) -> dict[str, Any]:
    """The setting for after-contact work on one channel."""
    return {"Channel": channel, "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": seconds}, **members}


def accept(channel: str, auto: bool = True, **members: Any) -> dict[str, Any]:
    """The setting for accepting by itself on one channel."""
    return {"Channel": channel, "AutoAccept": auto, **members}


CONFIGS: dict[str, list[dict[str, Any]]] = {
    "AutoAcceptConfigs": [accept("VOICE", AgentFirstCallbackAutoAccept=True), accept("CHAT", False)],
    "AfterContactWorkConfigs": [
        work("VOICE", 30, AgentFirstCallbackAfterContactWorkConfig={"AfterContactWorkTimeLimit": 10}),
        work("EMAIL", 600),
    ],
    "PhoneNumberConfigs": [{"Channel": "VOICE", "PhoneType": "DESK_PHONE", "PhoneNumber": "+12065550100"}],
    "PersistentConnectionConfigs": [{"Channel": "VOICE", "PersistentConnection": True}],
    "VoiceEnhancementConfigs": [{"Channel": "VOICE", "VoiceEnhancementMode": "NOISE_SUPPRESSION"}],
}

PHONE = {
    "PhoneType": "DESK_PHONE",
    "AutoAccept": True,
    "AfterContactWorkTimeLimit": 30,
    "DeskPhoneNumber": "+12065550100",
    "PersistentConnection": True,
}
"""What the settings for calls above are as a PhoneConfig."""

DEFAULT_PHONE = {
    "PhoneType": "SOFT_PHONE",
    "AutoAccept": False,
    "AfterContactWorkTimeLimit": 0,
    "PersistentConnection": False,
}

each_config = pytest.mark.parametrize("member", CONFIGS)


@pytest.fixture
def described(act: Act) -> Callable[[str], dict[str, Any]]:
    """A user as DescribeUser shows it."""
    return lambda user_id: dict(act("describe_user", UserId=user_id)["User"])


@each_config
def test_a_new_user_has_the_settings_it_was_created_with(make_user: MakeUser, described: Any, member: str) -> None:
    assert described(make_user(**{member: CONFIGS[member]}))[member] == CONFIGS[member]


def test_a_user_without_settings_has_a_soft_phone(user_id: str, described: Any) -> None:
    assert described(user_id)["PhoneConfig"] == DEFAULT_PHONE


def test_settings_for_calls_show_in_phone_config(make_user: MakeUser, described: Any) -> None:
    assert described(make_user(**CONFIGS))["PhoneConfig"] == PHONE


def test_phone_config_comes_back(make_user: MakeUser, described: Any) -> None:
    assert described(make_user(PhoneConfig=PHONE))["PhoneConfig"] == PHONE


def test_phone_config_shows_in_the_settings_for_channels(make_user: MakeUser, described: Any) -> None:
    user = described(make_user(PhoneConfig=PHONE))
    assert user["AfterContactWorkConfigs"] == [work(channel, 30) for channel in CHANNELS]
    assert user["AutoAcceptConfigs"] == [accept(channel) for channel in CHANNELS]
    assert user["PhoneNumberConfigs"] == CONFIGS["PhoneNumberConfigs"]
    assert user["PersistentConnectionConfigs"] == CONFIGS["PersistentConnectionConfigs"]


@pytest.mark.parametrize(
    ("phone", "member"),
    [
        ("AutoAccept", "AutoAcceptConfigs"),
        ("AfterContactWorkTimeLimit", "AfterContactWorkConfigs"),
        ("DeskPhoneNumber", "PhoneNumberConfigs"),
        ("PhoneType", "PhoneNumberConfigs"),
        ("PersistentConnection", "PersistentConnectionConfigs"),
    ],
)
def test_a_setting_is_not_given_in_both_forms(make_user: MakeUser, phone: str, member: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        make_user(PhoneConfig={phone: PHONE[phone]}, **{member: CONFIGS[member]})
    assert refusal.message == f"PhoneConfig.{phone} must not be given together with {member}"


def test_different_settings_are_given_in_both_forms(make_user: MakeUser, described: Any) -> None:
    user_id = make_user(PhoneConfig={"AutoAccept": True}, AfterContactWorkConfigs=[work("VOICE", 5)])
    assert described(user_id)["PhoneConfig"] == DEFAULT_PHONE | {"AutoAccept": True, "AfterContactWorkTimeLimit": 5}


REFUSED: dict[str, dict[str, Any]] = {
    "AutoAcceptConfigs": {"AutoAcceptConfigs": [accept("CHAT"), accept("CHAT", False)]},
    "AgentFirstCallbackAutoAccept": {"AutoAcceptConfigs": [accept("CHAT", AgentFirstCallbackAutoAccept=True)]},
    "AgentFirstCallbackAfterContactWorkConfig": {
        "AfterContactWorkConfigs": [work("TASK", 1, AgentFirstCallbackAfterContactWorkConfig={})]
    },
    "AfterContactWorkTimeLimit": {"AfterContactWorkConfigs": [work("TASK", 2_000_001)]},
    "PhoneNumberConfigs": {"PhoneNumberConfigs": [{"Channel": "CHAT", "PhoneType": "SOFT_PHONE"}]},
    "DESK_PHONE": {"PhoneNumberConfigs": [{"Channel": "VOICE", "PhoneType": "DESK_PHONE"}]},
    "PersistentConnectionConfigs": {"PersistentConnectionConfigs": [{"Channel": "TASK", "PersistentConnection": True}]},
    "VoiceEnhancementConfigs": {"VoiceEnhancementConfigs": [{"Channel": "EMAIL", "VoiceEnhancementMode": "NONE"}]},
}


@pytest.mark.parametrize("named", REFUSED)
def test_settings_that_make_no_sense_are_refused(
    act: Act, make_user: MakeUser, user_id: str, named: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        make_user("ben", **REFUSED[named])
    with refused("InvalidParameterException"):
        act("update_user_config", UserId=user_id, **REFUSED[named])
    assert named in refusal.message


@pytest.mark.parametrize(
    ("phone", "named"),
    [
        ({"PhoneType": "DESK_PHONE"}, "DESK_PHONE"),
        ({"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 2_000_001}, "0 to 2000000 seconds"),
        ({"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "555"}, "DeskPhoneNumber"),
        ({"PhoneType": "MOBILE"}, "one of SOFT_PHONE, DESK_PHONE"),
    ],
    ids=str,
)
def test_a_phone_config_that_makes_no_sense_is_refused(
    act: Act, make_user: MakeUser, user_id: str, phone: dict[str, Any], named: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        make_user("ben", PhoneConfig=phone)
    with refused("InvalidParameterException"):
        act("update_user_phone_config", UserId=user_id, PhoneConfig=phone)
    assert named in refusal.message


# --- update


@each_config
def test_settings_are_updated_one_by_one(act: Act, user_id: str, described: Any, member: str) -> None:
    before = described(user_id)
    act("update_user_config", UserId=user_id, **{member: CONFIGS[member]})
    after = described(user_id)
    assert after[member] == CONFIGS[member]
    assert {each: after[each] for each in CONFIGS if each != member} == {
        each: before[each] for each in CONFIGS if each != member
    }


def test_an_update_of_one_channel_leaves_the_others(act: Act, make_user: MakeUser, described: Any) -> None:
    user_id = make_user(**CONFIGS)
    act("update_user_config", UserId=user_id, AfterContactWorkConfigs=[work("EMAIL", 1), work("TASK", 2)])
    expected = [CONFIGS["AfterContactWorkConfigs"][0], work("EMAIL", 1), work("TASK", 2)]
    assert described(user_id)["AfterContactWorkConfigs"] == expected


def test_an_update_of_the_settings_for_calls_shows_in_phone_config(act: Act, user_id: str, described: Any) -> None:
    act("update_user_config", UserId=user_id, **CONFIGS)
    assert described(user_id)["PhoneConfig"] == PHONE


def test_phone_config_is_replaced_as_a_whole(act: Act, make_user: MakeUser, described: Any) -> None:
    user_id = make_user(PhoneConfig=PHONE)
    act("update_user_phone_config", UserId=user_id, PhoneConfig={"PhoneType": "SOFT_PHONE"})
    assert described(user_id)["PhoneConfig"] == DEFAULT_PHONE


def test_phone_config_sets_after_contact_work_for_all_channels(act: Act, make_user: MakeUser, described: Any) -> None:
    user_id = make_user(AfterContactWorkConfigs=[work("EMAIL", 600)])
    phone = {"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 20}
    act("update_user_phone_config", UserId=user_id, PhoneConfig=phone)
    limits = {each["Channel"]: each["AfterContactWorkConfig"] for each in described(user_id)["AfterContactWorkConfigs"]}
    assert limits == {channel: {"AfterContactWorkTimeLimit": 20} for channel in CHANNELS}


def test_a_search_shows_after_contact_work_of_calls_in_milliseconds(act: Act, make_user: MakeUser) -> None:
    make_user(**CONFIGS)
    user = act("search_users")["Users"][0]
    assert user["PhoneConfig"] == PHONE | {"AfterContactWorkTimeLimit": 30_000}
    assert user["AfterContactWorkConfigs"] == CONFIGS["AfterContactWorkConfigs"]
