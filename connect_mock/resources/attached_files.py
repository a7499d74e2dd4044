"""Attached files: their operations. `uploads` has what happens to a file."""

from __future__ import annotations

import re
from typing import Any

from connect_mock import clock, ids, other_services
from connect_mock.contact import Contact
from connect_mock.errors import InvalidRequestException, ResourceNotFoundException, brief
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.other_services import SERVICE_ACCOUNT
from connect_mock.resource import Shown
from connect_mock.resources.associations import check_arn
from connect_mock.resources.prompts import silence
from connect_mock.resources.uploads import (
    APPROVED,
    ATTACHMENT,
    URL_SECONDS,
    AttachedFile,
    attach,
    check_quotas,
    complete,
    download,
    upload,
)
from connect_mock.resources.users import User

VOICE_RECORDING, TELEPHONY = "VOICE_RECORDING", "connect:Telephony"

CHANNELS = ("EMAIL", "TASK")
"""Of contacts to which StartAttachedFileUpload attaches. For chats there is an operation of the participant service."""


class AttachedFileOperations(Operations):
    """The operations on attached files."""

    def start_attached_file_upload(
        self,
        *,
        instance_id: str,
        file_name: str,
        file_size_in_bytes: int,
        file_use_case_type: str,
        associated_resource_arn: str,
        url_expiry_in_seconds: int = URL_SECONDS,
        created_by: dict[str, str] | None = None,
        tags: dict[str, str] | None = None,
    ) -> Shown:
        """A new file on a case, email or task, and the URL to upload it with.

        Raises InvalidRequestException for another use case than ATTACHMENT, for another thing and for an identity that a
        caller cannot name, and what `attach` raises.
        """
        instance = self.instance(instance_id)
        _check_use_case(file_use_case_type, ATTACHMENT)
        file = attach(
            instance,
            _scope(instance, associated_resource_arn),
            name=file_name,
            size_in_bytes=file_size_in_bytes,
            associated_resource_arn=associated_resource_arn,
            created_by=self._creator(instance, created_by),
            tags=tags or {},
        )
        return Shown(file, upload_url_metadata=upload(file, url_expiry_in_seconds))

    def complete_attached_file_upload(self, *, instance_id: str, file_id: str, associated_resource_arn: str) -> None:
        """Say that the upload is done. Refused as `complete` refuses."""
        complete(self._file(instance_id, file_id, associated_resource_arn))

    def create_attached_file(
        self,
        *,
        instance_id: str,
        file_use_case_type: str,
        file_source_uri: str,
        associated_resource_arn: str,
        tags: dict[str, str] | None = None,
    ) -> AttachedFile:
        """A copy of a recording in S3, on a telephone call that has ended.

        Raises InvalidRequestException for another use case than VOICE_RECORDING, for another contact and for what is not an S3
        URI; also for an object that does not exist, under `mock_connect(check_other_services=True)`: else the recording is a
        moment of silence.
        """
        instance = self.instance(instance_id)
        _check_use_case(file_use_case_type, VOICE_RECORDING)
        _check_recorded(_contact(instance, associated_resource_arn))
        name, body = _recording(file_source_uri)
        check_quotas(instance, associated_resource_arn, len(body))
        file = instance[AttachedFile].add(
            name=name,
            size_in_bytes=len(body),
            use_case_type=VOICE_RECORDING,
            associated_resource_arn=associated_resource_arn,
            created_by=self._creator(instance, None),
            created=clock.now(),
            where=other_services.managed(self.region_name, f"{instance.id}/VoiceRecordings/{ids.uuid()}"),
            tags=tags or {},
        )
        other_services.services.write_object(file.where, body, file.content_type, SERVICE_ACCOUNT, self.region_name)
        file.end_as(APPROVED)
        return file

    def get_attached_file(
        self,
        *,
        instance_id: str,
        file_id: str,
        associated_resource_arn: str,
        url_expiry_in_seconds: int = URL_SECONDS,
        url_content_disposition: str = ATTACHMENT,
    ) -> Shown:
        """The file, with a URL to download it once it is approved."""
        file = self._looked_at(instance_id, file_id, associated_resource_arn)
        is_approved = file.status == APPROVED
        url = download(file, url_expiry_in_seconds, url_content_disposition) if is_approved else None
        return Shown(file, download_url_metadata=url)

    def batch_get_attached_file_metadata(
        self, *, instance_id: str, file_ids: list[str], associated_resource_arn: str
    ) -> dict[str, Any]:
        """The files that hang on the thing; for the other ids an error with the name of an exception as its code."""
        self.instance(instance_id)
        files, errors = [], []
        for file_id in dict.fromkeys(file_ids):
            try:
                files.append(self._looked_at(instance_id, file_id, associated_resource_arn))
            except ResourceNotFoundException as error:
                errors.append({"ErrorCode": error.code, "ErrorMessage": error.message, "FileId": file_id})
        return {"Files": files, "Errors": errors}

    def delete_attached_file(self, *, instance_id: str, file_id: str, associated_resource_arn: str) -> None:
        """The file and its object in S3 are gone."""
        file = self._file(instance_id, file_id, associated_resource_arn)
        self.instance(instance_id)[AttachedFile].remove(file)
        other_services.services.delete_object(file.where)

    def _file(self, instance_id: str, file_id: str, associated_resource_arn: str) -> AttachedFile:
        file = self.instance(instance_id)[AttachedFile].get(file_id)
        if file.associated_resource_arn != associated_resource_arn:
            raise ResourceNotFoundException(f"File {file_id} is not attached to {associated_resource_arn}")
        return file

    def _looked_at(self, instance_id: str, file_id: str, associated_resource_arn: str) -> AttachedFile:
        file = self._file(instance_id, file_id, associated_resource_arn)
        file.look()
        return file

    def _creator(self, instance: Instance, created_by: dict[str, str] | None) -> dict[str, str]:
        """The agent that the caller names, or the caller, whom moto does not know by name."""
        if created_by is None:
            return {"AWSIdentityArn": f"arn:{self.partition}:sts::{self.account_id}:user/moto"}
        if list(created_by) != ["ConnectUserArn"]:
            raise InvalidRequestException(
                f"CreatedBy must hold ConnectUserArn alone, got {', '.join(created_by) or 'nothing'}"
            )
        return {"ConnectUserArn": instance[User].get(created_by["ConnectUserArn"]).arn}


def _check_use_case(given: str, accepted: str) -> None:
    if given != accepted:
        raise InvalidRequestException(f"FileUseCaseType must be {accepted} here, got {given}")


def _scope(instance: Instance, associated_resource_arn: str) -> str:
    """The scope of the case or contact. Cases are not emulated, so that any will do."""
    if ":cases:" in associated_resource_arn:
        check_arn("AssociatedResourceArn", associated_resource_arn, "a case", "cases", r"domain/[^/\s]+/case/[^/\s]+")
        return "CASE"
    channel = _contact(instance, associated_resource_arn).channel
    if channel not in CHANNELS:
        accepted = f"a case or of a contact of channel {' or '.join(CHANNELS)}"
        raise InvalidRequestException(f"AssociatedResourceArn must be of {accepted}, got one of {channel}")
    return channel


def _contact(instance: Instance, arn: str) -> Contact:
    if not arn.startswith(f"{instance.arn_prefix}contact/"):
        raise InvalidRequestException(f"AssociatedResourceArn must be the ARN of a contact of the instance, got {brief(arn)}")
    return instance[Contact].get(arn)


def _check_recorded(contact: Contact) -> None:
    """A call over a telephone network that has ended (documentation of CreateAttachedFile)."""
    subtype = contact.segment_attributes.get("connect:Subtype", {}).get("ValueString")
    if subtype != TELEPHONY:
        raise InvalidRequestException(f"AssociatedResourceArn must be of a {TELEPHONY} contact, {contact.id} is {subtype}")
    if contact.disconnect_timestamp is None:
        raise InvalidRequestException(f"AssociatedResourceArn must be of a contact that has ended, {contact.id} is active")


def _recording(uri: str) -> tuple[str, bytes]:
    """The name and the bytes of an object in S3."""
    if not re.fullmatch(r"s3://[^/\s]+/.*[^/]", uri):
        raise InvalidRequestException(f"FileSourceUri must be s3://bucket/key, got {brief(uri)}")
    found = other_services.source(uri)
    return uri.rpartition("/")[2], found if found is not None else silence()
