"""Storage configurations."""

from __future__ import annotations

from typing import Any

import pytest

STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/records"
FIREHOSE = "arn:aws:firehose:us-east-1:123456789012:deliverystream/records"
KEY = "arn:aws:kms:us-east-1:123456789012:key/3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b"
BUCKET = "arn:aws:s3:::recordings"

ENCRYPTION = {"EncryptionConfig": {"EncryptionType": "KMS", "KeyId": KEY}}
S3 = {"StorageType": "S3", "S3Config": {"BucketName": "recordings", "BucketPrefix": "calls"} | ENCRYPTION}
VIDEO = {
    "StorageType": "KINESIS_VIDEO_STREAM",
    "KinesisVideoStreamConfig": {"Prefix": "media", "RetentionPeriodHours": 24} | ENCRYPTION,
}
DATA = {"StorageType": "KINESIS_STREAM", "KinesisStreamConfig": {"StreamArn": STREAM}}
DELIVERY = {"StorageType": "KINESIS_FIREHOSE", "KinesisFirehoseConfig": {"FirehoseArn": FIREHOSE}}

FITTING = {
    "CHAT_TRANSCRIPTS": [S3],
    "CALL_RECORDINGS": [S3],
    "SCHEDULED_REPORTS": [S3],
    "ATTACHMENTS": [S3],
    "CONTACT_EVALUATIONS": [S3],
    "SCREEN_RECORDINGS": [S3],
    "EMAIL_MESSAGES": [S3],
    "MEDIA_STREAMS": [VIDEO],
    "AGENT_EVENTS": [DATA],
    "CONTACT_TRACE_RECORDS": [DATA, DELIVERY],
    "REAL_TIME_CONTACT_ANALYSIS_SEGMENTS": [DATA, DELIVERY],
    "REAL_TIME_CONTACT_ANALYSIS_CHAT_SEGMENTS": [DATA, DELIVERY],
    "REAL_TIME_CONTACT_ANALYSIS_VOICE_SEGMENTS": [DATA, DELIVERY],
}
PAIRS = [(kind, config, config in fitting) for kind, fitting in FITTING.items() for config in (S3, VIDEO, DATA, DELIVERY)]
checked = pytest.mark.amazon_connect(check_other_services=True)


def associate(client: Any, instance_id: str, config: Any = S3, kind: str = "CALL_RECORDINGS") -> str:
    made = client.associate_instance_storage_config(InstanceId=instance_id, ResourceType=kind, StorageConfig=config)
    return str(made["AssociationId"])


def described(client: Any, instance_id: str, association_id: str, kind: str = "CALL_RECORDINGS") -> Any:
    return client.describe_instance_storage_config(InstanceId=instance_id, AssociationId=association_id, ResourceType=kind)[
        "StorageConfig"
    ]


def listed(client: Any, instance_id: str, kind: str = "CALL_RECORDINGS") -> Any:
    return client.list_instance_storage_configs(InstanceId=instance_id, ResourceType=kind)["StorageConfigs"]


@pytest.fixture
def association_id(client: Any, instance_id: str) -> str:
    """The configuration for call recordings."""
    return associate(client, instance_id)


@pytest.fixture
def change(client: Any, instance_id: str, association_id: str) -> Any:
    """Updates that configuration."""
    where = {"InstanceId": instance_id, "AssociationId": association_id, "ResourceType": "CALL_RECORDINGS"}
    return lambda **members: client.update_instance_storage_config(**where | {"StorageConfig": S3} | members)


def test_a_configuration_is_described_and_listed_as_it_was_given(client: Any, instance_id: str, association_id: str) -> None:
    expected = S3 | {"AssociationId": association_id}
    assert described(client, instance_id, association_id) == expected
    assert listed(client, instance_id) == [expected]


def test_a_list_shows_one_resource_type_alone(client: Any, instance_id: str, association_id: str) -> None:
    assert listed(client, instance_id, "CHAT_TRANSCRIPTS") == []


@pytest.mark.parametrize(("kind", "config"), [(kind, config) for kind, config, fits in PAIRS if fits])
def test_a_resource_type_goes_into_storage_that_fits(client: Any, instance_id: str, kind: str, config: Any) -> None:
    associate(client, instance_id, config, kind)
    assert listed(client, instance_id, kind)[0]["StorageType"] == config["StorageType"]


@pytest.mark.parametrize(("kind", "config"), [(kind, config) for kind, config, fits in PAIRS if not fits])
def test_a_resource_type_does_not_go_into_other_storage(
    client: Any, instance_id: str, kind: str, config: Any, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, config, kind)
    assert refusal.message.endswith(f"for {kind}, got {config['StorageType']}")


def test_an_updated_configuration_has_nothing_of_the_former_one(
    client: Any, instance_id: str, association_id: str, change: Any
) -> None:
    other = {"StorageType": "S3", "S3Config": {"BucketName": "other", "BucketPrefix": "calls"}}
    change(StorageConfig=other)
    assert described(client, instance_id, association_id) == other | {"AssociationId": association_id}


def test_an_update_may_put_another_kind_of_stream_in_its_place(client: Any, instance_id: str) -> None:
    kind = "CONTACT_TRACE_RECORDS"
    association_id = associate(client, instance_id, DATA, kind)
    client.update_instance_storage_config(
        InstanceId=instance_id, AssociationId=association_id, ResourceType=kind, StorageConfig=DELIVERY
    )
    assert listed(client, instance_id, kind) == [DELIVERY | {"AssociationId": association_id}]


def test_a_disassociated_configuration_is_gone(client: Any, instance_id: str, association_id: str, refused: Any) -> None:
    client.disassociate_instance_storage_config(
        InstanceId=instance_id, AssociationId=association_id, ResourceType="CALL_RECORDINGS"
    )
    assert listed(client, instance_id) == []
    with refused("ResourceNotFoundException"):
        described(client, instance_id, association_id)


def test_the_same_client_token_makes_one_configuration(client: Any, instance_id: str) -> None:
    asked = {"InstanceId": instance_id, "ResourceType": "CALL_RECORDINGS", "StorageConfig": S3, "ClientToken": "once"}
    first = client.associate_instance_storage_config(**asked)
    assert client.associate_instance_storage_config(**asked)["AssociationId"] == first["AssociationId"]


# --- video streams ----------------------------------------------------------------------------------------------------


@pytest.fixture
def acme(client: Any) -> str:
    """The id of an instance with the alias acme."""
    made = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED",
        InstanceAlias="acme",
        InboundCallsEnabled=True,
        OutboundCallsEnabled=True,
    )
    return str(made["Id"])


def test_the_prefix_of_video_streams_names_the_instance(client: Any, acme: str) -> None:
    associate(client, acme, VIDEO, "MEDIA_STREAMS")
    (found,) = listed(client, acme, "MEDIA_STREAMS")
    assert found["KinesisVideoStreamConfig"]["Prefix"] == "media-connect-acme-contact-"


def test_a_configuration_of_video_streams_stays_the_same_when_it_is_sent_back(client: Any, acme: str) -> None:
    association_id = associate(client, acme, VIDEO, "MEDIA_STREAMS")
    found = described(client, acme, association_id, "MEDIA_STREAMS")
    client.update_instance_storage_config(
        InstanceId=acme, AssociationId=association_id, ResourceType="MEDIA_STREAMS", StorageConfig=found
    )
    assert described(client, acme, association_id, "MEDIA_STREAMS") == found


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_resource_type_has_one_configuration(client: Any, instance_id: str, association_id: str, refused: Any) -> None:
    with refused("ResourceConflictException") as refusal:
        associate(client, instance_id)
    assert "CALL_RECORDINGS" in refusal.message


@pytest.mark.parametrize(
    ("config", "got"),
    [({"StorageType": "S3"}, "none"), (S3 | {"KinesisStreamConfig": {"StreamArn": STREAM}}, "S3Config, KinesisStreamConfig")],
)
def test_a_configuration_has_the_member_of_its_storage_type_alone(
    client: Any, instance_id: str, config: Any, got: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, config)
    assert refusal.message == f"StorageConfig must hold S3Config and no other configuration for S3, got {got}"


KEY_ID = KEY.rpartition("/")[2]
BY_ID = {"EncryptionConfig": {"EncryptionType": "KMS", "KeyId": KEY_ID}}


@pytest.mark.parametrize(
    ("kind", "config", "member"),
    [
        ("CALL_RECORDINGS", S3 | {"S3Config": S3["S3Config"] | BY_ID}, "S3Config.EncryptionConfig.KeyId"),  # type: ignore[operator]
        (
            "MEDIA_STREAMS",
            VIDEO | {"KinesisVideoStreamConfig": VIDEO["KinesisVideoStreamConfig"] | BY_ID},  # type: ignore[operator]
            "KinesisVideoStreamConfig.EncryptionConfig.KeyId",
        ),
        ("AGENT_EVENTS", DATA | {"KinesisStreamConfig": {"StreamArn": FIREHOSE}}, "KinesisStreamConfig.StreamArn"),
        ("AGENT_EVENTS", DATA | {"KinesisStreamConfig": {"StreamArn": ""}}, "KinesisStreamConfig.StreamArn"),
        (
            "CONTACT_TRACE_RECORDS",
            DELIVERY | {"KinesisFirehoseConfig": {"FirehoseArn": STREAM}},
            "KinesisFirehoseConfig.FirehoseArn",
        ),
    ],
)
def test_keys_and_streams_are_named_by_their_arns(
    client: Any, instance_id: str, kind: str, config: Any, member: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, config, kind)
    assert refusal.message.startswith(f"StorageConfig.{member} must be the ARN of ")


def test_an_update_is_checked_as_an_association_is(change: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        change(StorageConfig=DATA)


def test_a_configuration_is_found_under_its_own_resource_type_alone(
    client: Any, instance_id: str, association_id: str, change: Any, refused: Any
) -> None:
    kind = "CHAT_TRANSCRIPTS"
    with refused("ResourceNotFoundException"):
        described(client, instance_id, association_id, kind)
    with refused("ResourceNotFoundException"):
        change(ResourceType=kind)
    with refused("ResourceNotFoundException"):
        client.disassociate_instance_storage_config(InstanceId=instance_id, AssociationId=association_id, ResourceType=kind)


@checked
@pytest.mark.parametrize(
    ("kind", "config", "needed"),
    [
        ("CALL_RECORDINGS", S3, [BUCKET, KEY]),
        ("MEDIA_STREAMS", VIDEO, [KEY]),
        ("CONTACT_TRACE_RECORDS", DATA, [STREAM]),
        ("CONTACT_TRACE_RECORDS", DELIVERY, [FIREHOSE]),
    ],
)
def test_what_a_configuration_names_has_to_exist_where_other_services_are_checked(
    client: Any, instance_id: str, kind: str, config: Any, needed: list[str], existing: set[str], refused: Any
) -> None:
    for arn in needed:
        with refused("ResourceNotFoundException") as refusal:
            associate(client, instance_id, config, kind)
        assert refusal.message == f"{arn} does not exist"
        existing.add(arn)
    associate(client, instance_id, config, kind)
