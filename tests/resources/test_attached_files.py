"""Attached files: upload, complete, scan, download, delete, and recordings on calls."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
import requests
from moto.moto_api import state_manager

from connect_mock import clock
from tests.contacts.conftest import waiting_content

NO_ID = "00000000-0000-4000-8000-000000000000"
CASE = "arn:aws:cases:us-east-1:123456789012:domain/d0000000/case/c0000000"
BODY = b"Dear Sir"
LETTER = {"FileName": "letter.pdf", "FileSizeInBytes": len(BODY), "FileUseCaseType": "ATTACHMENT"}


@dataclass
class Files:
    """The attached files of one contact or case."""

    client: Any
    instance_id: str
    arn: str

    def start(self, **members: Any) -> Any:
        """A file `letter.pdf`, to be uploaded."""
        return self("start_attached_file_upload", **LETTER | members)

    def uploaded(self, body: bytes = BODY, **members: Any) -> str:
        """The id of a file that was uploaded and not completed."""
        started = self.start(**{"FileSizeInBytes": len(body)} | members)
        assert put(started, body).status_code == 200
        return str(started["FileId"])

    def attached(self, **members: Any) -> str:
        """The id of a file that was uploaded and completed."""
        file_id = self.uploaded(**members)
        self("complete_attached_file_upload", FileId=file_id)
        return file_id

    def get(self, file_id: str, **members: Any) -> Any:
        return self("get_attached_file", FileId=file_id, **members)

    def batch(self, *file_ids: str) -> Any:
        return self("batch_get_attached_file_metadata", FileIds=list(file_ids))

    def download(self, file_id: str, **members: Any) -> requests.Response:
        return requests.get(self.get(file_id, **members)["DownloadUrlMetadata"]["Url"], timeout=5)

    def __call__(self, operation: str, **members: Any) -> Any:
        asked = {"InstanceId": self.instance_id, "AssociatedResourceArn": self.arn} | members
        return getattr(self.client, operation)(**asked)


def put(started: Any, body: bytes) -> requests.Response:
    """Upload, as the answer of StartAttachedFileUpload says."""
    upload = started["UploadUrlMetadata"]
    return requests.put(upload["Url"], data=body, headers=upload["HeadersToInclude"], timeout=5)


def contact_arn(instance_id: str, contact_id: str) -> str:
    return f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/contact/{contact_id}"


@pytest.fixture
def flow_id(client: Any, instance_id: str) -> str:
    """The id of a flow that keeps its contacts."""
    asked = {"InstanceId": instance_id, "Name": "Waiting", "Type": "CONTACT_FLOW", "Content": waiting_content()}
    return str(client.create_contact_flow(**asked)["ContactFlowId"])


@pytest.fixture
def files(client: Any, instance_id: str, flow_id: str) -> Files:
    """The files of a task."""
    task = client.start_task_contact(InstanceId=instance_id, ContactFlowId=flow_id, Name="Call back")["ContactId"]
    return Files(client, instance_id, contact_arn(instance_id, task))


@pytest.fixture
def s3(amazon_connect: Any) -> Any:
    """A client of S3."""
    return boto3.client("s3", amazon_connect.region_name)


# --- start ------------------------------------------------------------------------------------------------------------


def test_a_started_file_is_processed(files: Files) -> None:
    started = files.start()
    assert started["FileStatus"] == "PROCESSING"
    assert started["FileArn"] == f"{files.arn.partition('/contact/')[0]}/file/{started['FileId']}"
    assert files.get(started["FileId"])["FileStatus"] == "PROCESSING"


def test_a_started_file_has_no_url_for_downloads(files: Files) -> None:
    assert "DownloadUrlMetadata" not in files.get(files.start()["FileId"])


def test_an_upload_has_300_seconds(files: Files) -> None:
    upload = files.start()["UploadUrlMetadata"]
    left = datetime.datetime.fromisoformat(upload["UrlExpiry"].replace("Z", "+00:00")) - clock.now()
    assert 290 < left.total_seconds() <= 300
    assert "&X-Amz-Expires=300&" in upload["Url"]


@pytest.mark.parametrize("seconds", [5, 300])
def test_an_upload_has_as_many_seconds_as_it_asks_for(files: Files, seconds: int) -> None:
    assert f"&X-Amz-Expires={seconds}&" in files.start(UrlExpiryInSeconds=seconds)["UploadUrlMetadata"]["Url"]


def test_an_upload_has_at_most_300_seconds(files: Files, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        files.start(UrlExpiryInSeconds=301)
    assert "UrlExpiryInSeconds must be 5 to 300, got 301" in refusal.message


def test_the_headers_of_an_upload_say_what_it_is(files: Files) -> None:
    upload = files.start()["UploadUrlMetadata"]
    assert upload["HeadersToInclude"] == {
        "Content-Type": "application/pdf",
        "Content-Length": "8",
        "Content-Disposition": 'attachment; filename="letter.pdf"',
        "x-amz-acl": "bucket-owner-full-control",
        "x-amz-meta-organization_id": files.instance_id,
        "x-amz-meta-account_id": "123456789012",
    }


def test_the_headers_of_an_upload_are_signed(files: Files) -> None:
    upload = files.start()["UploadUrlMetadata"]
    signed = "%3B".join(sorted([*map(str.lower, upload["HeadersToInclude"]), "host"]))
    assert f"&X-Amz-SignedHeaders={signed}&" in upload["Url"]


def test_one_client_token_starts_one_file(files: Files) -> None:
    assert files.start(ClientToken="t")["FileId"] == files.start(ClientToken="t")["FileId"]


@pytest.mark.parametrize("use_case", ["CONTACT_ANALYSIS", "EMAIL_MESSAGE"])
def test_only_attachments_are_uploaded(files: Files, use_case: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        files.start(FileUseCaseType=use_case)
    assert refusal.message == f"FileUseCaseType must be ATTACHMENT here, got {use_case}"


def test_the_caller_is_the_creator(files: Files) -> None:
    assert files.start()["CreatedBy"] == {"AWSIdentityArn": "arn:aws:sts::123456789012:user/moto"}


def test_an_agent_is_the_creator_when_the_caller_says_so(files: Files, user: dict[str, str]) -> None:
    creator = {"ConnectUserArn": user["UserArn"]}
    started = files.start(CreatedBy=creator)
    found = files.get(started["FileId"]), *files.batch(started["FileId"])["Files"]
    assert [each["CreatedBy"] for each in (started, *found)] == [creator] * 3


@pytest.mark.parametrize("kind", ["ConnectUserArn", "AWSIdentityArn"])
def test_nobody_else_is_the_creator(files: Files, kind: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        files.start(CreatedBy={kind: f"{files.arn.partition('/contact/')[0]}/agent/{NO_ID}"})


# --- what files hang on -----------------------------------------------------------------------------------------------


def test_a_file_hangs_on_a_case(files: Files) -> None:
    files.arn = CASE
    assert files.get(files.attached())["AssociatedResourceArn"] == CASE


def test_a_file_hangs_on_an_email(client: Any, instance_id: str, files: Files, flow_id: str) -> None:
    email = client.start_email_contact(
        InstanceId=instance_id,
        ContactFlowId=flow_id,
        FromEmailAddress={"EmailAddress": "ana@example.com"},
        DestinationEmailAddress="help@example.org",
        EmailMessage={
            "MessageSourceType": "RAW",
            "RawMessage": {"Subject": "Order", "Body": "Where?", "ContentType": "text/plain"},
        },
    )["ContactId"]
    files.arn = contact_arn(instance_id, email)
    assert files.get(files.attached())["FileStatus"] == "APPROVED"


def test_no_file_is_uploaded_to_a_chat(client: Any, instance_id: str, files: Files, flow_id: str, refused: Any) -> None:
    chat = client.start_chat_contact(InstanceId=instance_id, ContactFlowId=flow_id, ParticipantDetails={"DisplayName": "Ana"})[
        "ContactId"
    ]
    with refused("InvalidRequestException") as refusal:
        files.start(AssociatedResourceArn=contact_arn(instance_id, chat))
    assert refusal.message.endswith("must be of a case or of a contact of channel EMAIL or TASK, got one of CHAT")


@pytest.mark.parametrize("arn", ["case", "arn:aws:s3:::bucket", CASE.replace("/case/", "/field/")])
def test_a_file_hangs_on_nothing_else(files: Files, arn: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        files.start(AssociatedResourceArn=arn)
    assert f"got {arn!r}" in refusal.message


def test_a_file_cannot_be_started_for_an_unknown_contact(files: Files, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        files.start(AssociatedResourceArn=contact_arn(files.instance_id, NO_ID))
    assert NO_ID in refusal.message


# --- limits -----------------------------------------------------------------------------------------------------------


def reason(refusal: Any) -> str:
    """The member of `Reason`."""
    (found,) = refusal.response["Reason"].values()
    return str(found)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"FileName": "letter"}, "INVALID_FILE_NAME"),
        ({"FileName": ".pdf"}, "INVALID_FILE_NAME"),
        ({"FileName": "../letter.pdf"}, "INVALID_FILE_NAME"),
        ({"FileName": "letter.exe"}, "INVALID_FILE_TYPE"),
        ({"FileSizeInBytes": 20 * 1024 * 1024 + 1}, "INVALID_FILE_SIZE"),
    ],
)
def test_a_file_that_is_not_allowed_says_why(files: Files, members: dict[str, Any], expected: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        files.start(**members)
    assert reason(refusal) == expected


@pytest.mark.parametrize("members", [{"FileName": "My letter.v2.PDF"}, {"FileSizeInBytes": 20 * 1024 * 1024}])
def test_a_file_that_is_just_allowed_is_taken(files: Files, members: dict[str, Any]) -> None:
    assert files.start(**members)["FileStatus"] == "PROCESSING"


def configure(files: Files, scope: str, **members: Any) -> Any:
    return files.client.update_attached_files_configuration(InstanceId=files.instance_id, AttachmentScope=scope, **members)


def test_the_configuration_of_the_scope_counts(files: Files, refused: Any) -> None:
    configure(files, "TASK", MaximumSizeLimitInBytes=7)
    with refused("InvalidRequestException") as refusal:
        files.start()
    assert refusal.message == "FileSizeInBytes must be at most 7 for TASK, got 8"
    assert files.start(AssociatedResourceArn=CASE)["FileStatus"] == "PROCESSING"


def test_the_extensions_of_the_scope_count(files: Files, refused: Any) -> None:
    configure(files, "TASK", ExtensionConfiguration={"AllowedExtensions": [{"Extension": "Exe"}]})
    with refused("InvalidRequestException") as refusal:
        files.start()
    assert refusal.message == "The extension of FileName must be one of exe, got 'pdf'"
    assert files.start(FileName="letter.exe")["FileStatus"] == "PROCESSING"


@pytest.mark.amazon_connect(quotas={"attached_files": 1})
def test_a_contact_has_so_many_files(files: Files, refused: Any) -> None:
    files.start()
    with refused("ServiceQuotaExceededException") as refusal:
        files.start()
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 402
    assert reason(refusal) == "TOTAL_FILE_COUNT_EXCEEDED"
    assert files.start(AssociatedResourceArn=CASE)["FileStatus"] == "PROCESSING"


@pytest.mark.amazon_connect(quotas={"attached_file_bytes": 15})
def test_a_contact_has_files_of_so_many_bytes(files: Files, refused: Any) -> None:
    files.start()
    with refused("ServiceQuotaExceededException") as refusal:
        files.start()
    assert reason(refusal) == "TOTAL_FILE_SIZE_EXCEEDED"
    assert files.start(FileSizeInBytes=7)["FileStatus"] == "PROCESSING"


# --- complete ---------------------------------------------------------------------------------------------------------


def test_a_completed_file_is_approved_and_downloaded(files: Files) -> None:
    file_id = files.attached()
    assert files.get(file_id)["FileStatus"] == "APPROVED"
    assert files.download(file_id).content == BODY


def test_a_file_that_was_not_uploaded_cannot_be_completed(files: Files, refused: Any) -> None:
    file_id = files.start()["FileId"]
    with refused("InvalidRequestException") as refusal:
        files("complete_attached_file_upload", FileId=file_id)
    assert refusal.message == f"File {file_id} was not uploaded"


def test_a_file_of_another_size_cannot_be_completed(files: Files, refused: Any) -> None:
    started = files.start()
    requests.put(started["UploadUrlMetadata"]["Url"], data=b"Dear Madam", timeout=5)
    with refused("InvalidRequestException") as refusal:
        files("complete_attached_file_upload", FileId=started["FileId"])
    assert refusal.message.endswith("must have 8 bytes, 10 were uploaded")


def test_a_file_can_be_completed_again(files: Files) -> None:
    file_id = files.attached()
    files("complete_attached_file_upload", FileId=file_id)
    assert files.get(file_id)["FileStatus"] == "APPROVED"


@pytest.fixture
def _two_looks() -> Any:
    state_manager.set_transition("connect::attached_file", {"progression": "manual", "times": 2})
    yield
    state_manager.unset_transition("connect::attached_file")


@pytest.mark.usefixtures("_two_looks")
def test_a_file_is_approved_when_motos_state_manager_says_so(files: Files) -> None:
    file_id = files.attached()
    assert files.get(file_id)["FileStatus"] == "PROCESSING"
    assert files.batch(file_id)["Files"][0]["FileStatus"] == "APPROVED"


# --- scanning ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def scanner(files: Files, lambda_function: Callable[[str], str]) -> str:
    """The ARN of a Lambda function that is the file scanner of the instance."""
    arn = lambda_function("scanner")
    integration = {"IntegrationType": "FILE_SCANNER", "IntegrationArn": arn}
    files.client.create_integration_association(InstanceId=files.instance_id, **integration)
    return arn


@pytest.fixture
def events(scanner: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the scanner was asked. It answers the test's parameter `answer`, and fails for None."""
    asked: list[dict[str, Any]] = []
    answer = request.node.callspec.params["answer"]

    def run(function: Any, event: dict[str, Any]) -> tuple[str, bool, str]:
        asked.append(event)
        return (answer or "out of memory", answer is None, "")

    monkeypatch.setattr("moto.awslambda.models.LambdaFunction._invoke_lambda", run)
    return asked


@pytest.mark.parametrize("answer", ['{"Status": "APPROVED"}'])
def test_a_file_that_the_scanner_approves_is_approved(files: Files, events: Any, answer: str) -> None:
    assert files.download(files.attached()).content == BODY


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("answer", ['{"Status": "REJECTED"}', '"nonsense"', "[]", None])
def test_a_file_that_the_scanner_does_not_approve_is_rejected_and_gone(
    files: Files, events: Any, s3: Any, answer: str | None
) -> None:
    found = files.get(files.attached())
    assert found["FileStatus"] == "REJECTED"
    assert "DownloadUrlMetadata" not in found
    assert "Contents" not in s3.list_objects_v2(Bucket="ours")


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("answer", ['{"Status": "APPROVED"}'])
def test_the_scanner_is_told_where_the_file_is(files: Files, events: Any, s3: Any, answer: str) -> None:
    file_id = files.attached()
    (event,) = events
    told = event["File"]
    assert (event["Version"], event["InstanceId"]) == ("1.0", files.instance_id)
    assert (told["FileId"], told["FileName"], told["FileSizeInBytes"]) == (file_id, "letter.pdf", 8)
    assert abs(told["FileCreationTime"] / 1000 - clock.now().timestamp()) < 60
    where = told["FileLocation"]["S3Location"]
    assert where["Arn"] == f"arn:aws:s3:::ours/{where['Key']}"
    assert s3.get_object(Bucket=where["Bucket"], Key=where["Key"])["Body"].read() == BODY


def test_a_scanner_that_is_not_in_moto_rejects_nothing(files: Files, scanner: str) -> None:
    boto3.client("lambda", "us-east-1").delete_function(FunctionName="scanner")
    assert files.get(files.attached())["FileStatus"] == "APPROVED"


# --- storage ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def stored(client: Any, instance_id: str) -> None:
    """Attachments go to a bucket of the customer."""
    config = {"BucketName": "ours", "BucketPrefix": "connect/a/Attachments"}
    client.associate_instance_storage_config(
        InstanceId=instance_id, ResourceType="ATTACHMENTS", StorageConfig={"StorageType": "S3", "S3Config": config}
    )


@pytest.mark.usefixtures("stored")
def test_files_lie_in_the_configured_bucket(files: Files, s3: Any) -> None:
    file_id = files.attached()
    (found,) = s3.list_objects_v2(Bucket="ours")["Contents"]
    assert found["Key"].startswith(f"connect/a/Attachments/task/{clock.now():%Y/%m/%d}/{file_id}_")
    assert found["Key"].endswith("_UTC.pdf")
    assert s3.get_object(Bucket="ours", Key=found["Key"])["Body"].read() == BODY


@pytest.mark.usefixtures("stored")
def test_files_lie_in_a_bucket_that_was_there_before(files: Files, s3: Any) -> None:
    s3.create_bucket(Bucket="ours")
    assert files.download(files.attached()).content == BODY


def test_files_lie_in_no_bucket_of_the_customer_where_none_is_configured(files: Files, s3: Any) -> None:
    files.attached()
    assert s3.list_buckets()["Buckets"] == []


@pytest.mark.usefixtures("stored")
def test_the_object_of_a_deleted_file_is_gone(files: Files, s3: Any) -> None:
    files("delete_attached_file", FileId=files.attached())
    assert "Contents" not in s3.list_objects_v2(Bucket="ours")


# --- get and delete ---------------------------------------------------------------------------------------------------


def test_a_file_is_shown_as_it_was_started(files: Files) -> None:
    started = files.start(Tags={"team": "mail"})
    found = files.get(started["FileId"])
    assert {name: found[name] for name in LETTER} == LETTER
    assert {name: found[name] for name in ("FileArn", "CreationTime", "CreatedBy")} == {
        name: started[name] for name in ("FileArn", "CreationTime", "CreatedBy")
    }
    assert (found["Tags"], found["AssociatedResourceArn"]) == ({"team": "mail"}, files.arn)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, 'attachment; filename="letter.pdf"'),
        ({"UrlContentDisposition": "ATTACHMENT"}, 'attachment; filename="letter.pdf"'),
        ({"UrlContentDisposition": "INLINE"}, 'inline; filename="letter.pdf"'),
    ],
)
def test_a_download_says_what_a_browser_does_with_it(files: Files, members: dict[str, Any], expected: str) -> None:
    assert files.download(files.attached(), **members).headers["Content-Disposition"] == expected


@pytest.mark.parametrize("name", ["Grüße 東京.pdf", 'a "b".pdf', "a+b&c=d%20#e?.pdf"])
def test_a_file_may_have_any_name(files: Files, name: str) -> None:
    file_id = files.attached(FileName=name)
    assert files.get(file_id)["FileName"] == name
    assert files.download(file_id).content == BODY


def test_a_download_has_as_many_seconds_as_it_asks_for(files: Files) -> None:
    url = files.get(files.attached(), UrlExpiryInSeconds=7)["DownloadUrlMetadata"]["Url"]
    assert "&X-Amz-Expires=7&" in url


def test_urls_are_signed_at_the_time_of_the_clock(files: Files) -> None:
    file_id = files.attached()
    clock.advance(datetime.timedelta(days=400))
    assert f"&X-Amz-Date={clock.now():%Y%m%d}T" in files.get(file_id)["DownloadUrlMetadata"]["Url"]


def test_a_batch_shows_files_and_what_was_not_found(files: Files) -> None:
    first, second = files.start()["FileId"], files.start()["FileId"]
    found = files.batch(second, NO_ID, first, second)
    assert [each["FileId"] for each in found["Files"]] == [second, first]
    assert [(each["FileId"], each["ErrorCode"]) for each in found["Errors"]] == [(NO_ID, "ResourceNotFoundException")]
    assert NO_ID in found["Errors"][0]["ErrorMessage"]


def test_a_file_is_not_in_a_batch_of_another_thing(files: Files) -> None:
    file_id = files.start()["FileId"]
    files.arn = CASE
    assert files.batch(file_id)["Files"] == []


def test_a_batch_has_at_most_100_files(files: Files, refused: Any) -> None:
    with refused("InvalidRequestException"):
        files.batch(*["x"] * 101)


def test_a_deleted_file_is_gone(files: Files) -> None:
    file_id = files.attached()
    files("delete_attached_file", FileId=file_id)
    assert files.batch(file_id)["Files"] == []


ON_ONE = ("complete_attached_file_upload", "get_attached_file", "delete_attached_file")


@pytest.mark.parametrize("operation", ON_ONE)
def test_an_unknown_file_is_not_found(files: Files, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        files(operation, FileId=NO_ID)


@pytest.mark.parametrize("operation", ON_ONE)
def test_a_file_is_found_with_the_thing_that_it_hangs_on_alone(files: Files, operation: str, refused: Any) -> None:
    file_id = files.uploaded()
    with refused("ResourceNotFoundException") as refusal:
        files(operation, FileId=file_id, AssociatedResourceArn=CASE)
    assert refusal.message == f"File {file_id} is not attached to {CASE}"


def test_a_file_is_tagged(files: Files) -> None:
    started = files.start()
    files.client.tag_resource(resourceArn=started["FileArn"], tags={"team": "mail"})
    assert files.get(started["FileId"])["Tags"] == {"team": "mail"}


# --- recordings -------------------------------------------------------------------------------------------------------


@pytest.fixture
def call(client: Any, instance_id: str, flow_id: str) -> Files:
    """The files of a call that has ended."""
    started = client.start_outbound_voice_contact(
        InstanceId=instance_id,
        ContactFlowId=flow_id,
        DestinationPhoneNumber="+12065550100",
        SourcePhoneNumber="+12065550199",
    )["ContactId"]
    client.stop_contact(InstanceId=instance_id, ContactId=started)
    return Files(client, instance_id, contact_arn(instance_id, started))


def create(files: Files, **members: Any) -> Any:
    asked = {"FileUseCaseType": "VOICE_RECORDING", "FileSourceUri": "s3://recordings/calls/1.wav"}
    return files("create_attached_file", **asked | members)


def test_a_recording_is_copied_to_a_call(call: Files, s3: Any) -> None:
    s3.create_bucket(Bucket="recordings")
    s3.put_object(Bucket="recordings", Key="calls/1.wav", Body=b"Hello?")
    made = create(call, Tags={"team": "voice"})
    s3.delete_object(Bucket="recordings", Key="calls/1.wav")
    found = call.get(made["FileId"])
    assert (made["FileStatus"], found["FileName"], found["FileSizeInBytes"]) == ("APPROVED", "1.wav", 6)
    assert (found["FileUseCaseType"], found["Tags"]) == ("VOICE_RECORDING", {"team": "voice"})
    assert call.download(made["FileId"]).content == b"Hello?"


def test_a_recording_that_is_not_in_moto_is_silence(call: Files) -> None:
    assert call.download(create(call)["FileId"]).content.startswith(b"RIFF")


@pytest.mark.amazon_connect(check_other_services=True)
def test_a_recording_has_to_exist_where_that_is_checked(call: Files, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(call)
    assert "s3://recordings/calls/1.wav" in refusal.message


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"FileUseCaseType": "ATTACHMENT"}, "FileUseCaseType must be VOICE_RECORDING here, got ATTACHMENT"),
        ({"FileSourceUri": "s3://recordings/"}, "FileSourceUri must be s3://bucket/key, got 's3://recordings/'"),
        ({"FileSourceUri": "https://example.com/1.wav"}, "FileSourceUri must be s3://bucket/key"),
        ({"AssociatedResourceArn": CASE}, "AssociatedResourceArn must be the ARN of a contact of the instance"),
    ],
)
def test_a_recording_of_something_else_is_refused(call: Files, members: dict[str, str], expected: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(call, **members)
    assert expected in refusal.message


def test_a_task_has_no_recording(files: Files, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(files)
    assert refusal.message.endswith(f"must be of a connect:Telephony contact, {files.arn[-36:]} is connect:Task")


def test_external_audio_has_no_recording(client: Any, instance_id: str, refused: Any) -> None:
    made = client.create_contact(InstanceId=instance_id, Channel="VOICE", InitiationMethod="TRANSFER")
    with refused("InvalidRequestException") as refusal:
        create(Files(client, instance_id, made["ContactArn"]))
    assert refusal.message.endswith("is connect:ExternalAudio")


def test_a_call_that_goes_on_has_no_recording(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    asked = {"ContactFlowId": flow_id, "DestinationPhoneNumber": "+12065550100", "SourcePhoneNumber": "+12065550199"}
    started = client.start_outbound_voice_contact(InstanceId=instance_id, **asked)["ContactId"]
    with refused("InvalidRequestException") as refusal:
        create(Files(client, instance_id, contact_arn(instance_id, started)))
    assert refusal.message.endswith(f"must be of a contact that has ended, {started} is active")


@pytest.mark.amazon_connect(quotas={"attached_files": 1})
def test_a_call_has_so_many_recordings(call: Files, refused: Any) -> None:
    create(call)
    with refused("ServiceQuotaExceededException") as refusal:
        create(call)
    assert reason(refusal) == "TOTAL_FILE_COUNT_EXCEEDED"
