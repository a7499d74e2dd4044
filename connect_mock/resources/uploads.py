"""Uploads: the way of an attached file from its announcement to its approval, and the URLs for its bytes.

The bytes lie in the bucket that the instance's storage configuration for ATTACHMENTS names, and in one that the service keeps
for itself where there is none: how the real service refuses uploads then is not known. Different from there, an upload lies in
no other place until it is completed, and nothing is encrypted.

A file is approved once it is completed, or in steps as moto's state manager says of `connect::attached_file`. An integration
of the type FILE_SCANNER is asked first.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from mimetypes import MimeTypes
from typing import Any
from urllib.parse import quote

from connect_mock import clock, ids, other_services
from connect_mock.errors import InvalidRequestException, ServiceQuotaExceededException, brief
from connect_mock.instance import Instance
from connect_mock.lifecycle import Lifecycle
from connect_mock.other_services import SERVICE_ACCOUNT, FunctionError, S3Object
from connect_mock.quotas import Quota
from connect_mock.rendering import epoch_seconds, iso8601
from connect_mock.resource import Resource
from connect_mock.resources.attached_files_configurations import in_force
from connect_mock.resources.instance_storage_configs import InstanceStorageConfig
from connect_mock.resources.integration_associations import IntegrationAssociation

ATTACHMENT = "ATTACHMENT"
PROCESSING, APPROVED, REJECTED = "PROCESSING", "APPROVED", "REJECTED"

URL_SECONDS = 300
"""How long URLs are valid unless the caller says otherwise."""

COUNT = Quota("attached_files", 35)
"""Files on one thing. Documented for chats (administrator guide); other things have as many here."""

SIZE = Quota("attached_file_bytes", COUNT.default * 100 * 1024 * 1024)
"""Bytes of all files on one thing. AWS publishes no number: by default as many as COUNT files can have."""

CONTENT_TYPES = MimeTypes()
"""Those that Python knows, whatever the machine adds to them."""


@dataclass(kw_only=True, slots=True, eq=False)
class AttachedFile(Resource):
    """A file that hangs on a contact or a case."""

    arn_type = "file"
    prefixes = ("File",)

    owner: Instance = field(repr=False)
    name: str
    size_in_bytes: int
    use_case_type: str
    associated_resource_arn: str
    created_by: dict[str, str] | None = None
    created: datetime.datetime
    where: S3Object
    """Where its bytes lie."""
    lifecycle: Lifecycle | None = None
    """Its way to the final state; None until the upload is completed."""

    @property
    def status(self) -> str:
        return self.lifecycle.state if self.lifecycle else PROCESSING

    @property
    def creation_time(self) -> str:
        return iso8601(self.created)

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES.guess_type(self.name)[0] or "application/octet-stream"

    def look(self) -> None:
        """Count one look at it for moto's state manager."""
        if self.lifecycle:
            self.lifecycle.look()

    def end_as(self, state: str) -> None:
        """Be on the way to that state."""
        self.lifecycle = Lifecycle("connect::attached_file", (PROCESSING, state))


def attach(instance: Instance, scope: str, name: str, size_in_bytes: int, **members: Any) -> AttachedFile:
    """A new file on a thing of that scope, whose bytes are yet to come.

    Raises InvalidRequestException for a name, extension or size that the scope's configuration does not allow, and
    ServiceQuotaExceededException for too many files or bytes on one thing; both say why in `Reason`.
    """
    _check_file(instance, scope, name, size_in_bytes)
    check_quotas(instance, members["associated_resource_arn"], size_in_bytes)
    file_id, created = ids.uuid(), clock.now()
    account_id, where = _place(instance, f"{scope.lower()}/{_key(file_id, created, name)}")
    other_services.services.ensure_bucket(where.bucket, account_id, instance.region_name)
    return instance[AttachedFile].add(
        id=file_id,
        name=name,
        size_in_bytes=size_in_bytes,
        use_case_type=ATTACHMENT,
        created=created,
        where=where,
        **members,
    )


def complete(file: AttachedFile) -> None:
    """Take the uploaded bytes, have them scanned, and approve the file or reject and empty it. Once is enough.

    Raises InvalidRequestException when nothing was uploaded, or another number of bytes than was announced.
    """
    if file.lifecycle:
        return
    body = other_services.services.read_object(file.where)
    if body is None:
        raise InvalidRequestException(f"File {file.id} was not uploaded")
    if len(body) != file.size_in_bytes:
        raise InvalidRequestException(f"File {file.id} must have {file.size_in_bytes} bytes, {len(body)} were uploaded")
    file.end_as(_verdict(file))
    if file.lifecycle and REJECTED in file.lifecycle.states:
        other_services.services.delete_object(file.where)


# --- URLs -------------------------------------------------------------------------------------------------------------


def upload(file: AttachedFile, seconds: int = URL_SECONDS) -> dict[str, Any]:
    """UploadUrlMetadata: where to PUT the bytes, until when, and with which headers."""
    headers = {
        "Content-Type": file.content_type,
        "Content-Length": str(file.size_in_bytes),
        "Content-Disposition": _disposition("attachment", file.name),
        "x-amz-acl": "bucket-owner-full-control",
        "x-amz-meta-organization_id": file.owner.id,
        "x-amz-meta-account_id": _account(file.owner),
    }
    return _url("PUT", file, seconds, headers=headers) | {"HeadersToInclude": headers}


def download(file: AttachedFile, seconds: int = URL_SECONDS, disposition: str = ATTACHMENT) -> dict[str, str]:
    """DownloadUrlMetadata: where to GET the bytes, and until when.

    disposition: ATTACHMENT, or INLINE for a file that a browser shall show.
    """
    shown = _disposition(disposition.lower(), file.name)
    return _url("GET", file, seconds, query={"response-content-disposition": shown})


def _url(method: str, file: AttachedFile, seconds: int, **more: Any) -> dict[str, Any]:
    expiry = clock.now() + datetime.timedelta(seconds=seconds)
    url = other_services.services.presigned_url(method, file.where, file.owner.region_name, seconds, **more)
    return {"Url": url, "UrlExpiry": iso8601(expiry)}


def _disposition(kind: str, name: str) -> str:
    """The header Content-Disposition, in ASCII (RFC 6266)."""
    plain = name.isascii() and not set(name) & {'"', "\\"}
    return f'{kind}; filename="{name}"' if plain else f"{kind}; filename*=UTF-8''{quote(name, safe='')}"


# --- what may be attached, and where it lies --------------------------------------------------------------------------


def _check_file(instance: Instance, scope: str, name: str, size: int) -> None:
    configuration, (base, _, extension) = in_force(instance, scope), name.rpartition(".")
    if not base.strip() or not extension or set(name) & {"/", "\\"}:
        raise _not_a_file("NAME", f"FileName must be a name with an extension and without a path, got {brief(name)}")
    if extension.lower() not in configuration.extensions:
        accepted = ", ".join(configuration.extensions) or "none"
        raise _not_a_file("TYPE", f"The extension of FileName must be one of {accepted}, got {brief(extension)}")
    if size > (limit := configuration.maximum_size_limit_in_bytes):
        raise _not_a_file("SIZE", f"FileSizeInBytes must be at most {limit} for {scope}, got {size}")


def _not_a_file(what: str, message: str) -> InvalidRequestException:
    return InvalidRequestException(message, Reason={"AttachedFileInvalidRequestExceptionReason": f"INVALID_FILE_{what}"})


def check_quotas(instance: Instance, associated_resource_arn: str, size: int) -> None:
    """Refuse what would be too many files or bytes on one thing."""
    sizes = [each.size_in_bytes for each in instance[AttachedFile] if each.associated_resource_arn == associated_resource_arn]
    for quota, used, reason in ((COUNT, len(sizes) + 1, "COUNT"), (SIZE, sum(sizes) + size, "SIZE")):
        if used > quota.limit:
            raise ServiceQuotaExceededException(
                f"The quota of {quota.limit:g} {quota.name} is used up for {associated_resource_arn}",
                Reason={"AttachedFileServiceQuotaExceededExceptionReason": f"TOTAL_FILE_{reason}_EXCEEDED"},
            )


def _key(file_id: str, created: datetime.datetime, name: str) -> str:
    """As in the event for scanners (administrator guide)."""
    return f"{created:%Y/%m/%d}/{file_id}_{created:%Y%m%dT%H:%M}_UTC.{name.rpartition('.')[2]}"


def _place(instance: Instance, key: str) -> tuple[str, S3Object]:
    """The account of the bucket, and the place for the bytes."""
    configured = instance[InstanceStorageConfig].named("ATTACHMENTS")
    if configured is None:
        return SERVICE_ACCOUNT, other_services.managed(instance.region_name, f"{instance.id}/Attachments/{key}")
    s3 = configured.config["S3Config"]
    prefix = s3["BucketPrefix"].strip("/")
    return _account(instance), S3Object(s3["BucketName"], f"{prefix}/{key}" if prefix else key)


def _account(instance: Instance) -> str:
    return instance.arn.split(":")[4]


# --- scanning ---------------------------------------------------------------------------------------------------------


def _verdict(file: AttachedFile) -> str:
    """What the file scanner of the instance says; a file without one is approved.

    A scanner that fails, or answers something else, rejects (administrator guide, "Set up attachment scanning"). One that is
    not in moto is not there.
    """
    scanner = next((each for each in file.owner[IntegrationAssociation] if each.integration_type == "FILE_SCANNER"), None)
    if scanner is None:
        return APPROVED
    try:
        answer = other_services.services.invoke_function(scanner.integration_arn, json.dumps(_event(file)))
    except FunctionError:
        return REJECTED
    found = {"Status": APPROVED} if answer is None else json.loads(answer)
    return APPROVED if isinstance(found, dict) and found.get("Status") == APPROVED else REJECTED


def _event(file: AttachedFile) -> dict[str, Any]:
    """What a scanner is given."""
    bucket, key = file.where
    location = {"Key": key, "Bucket": bucket, "Arn": f"{file.arn.partition(':connect:')[0]}:s3:::{bucket}/{key}"}
    return {
        "Version": "1.0",
        "InstanceId": file.owner.id,
        "File": {
            "FileId": file.id,
            "FileCreationTime": int(epoch_seconds(file.created) * 1000),
            "FileName": file.name,
            "FileSizeInBytes": file.size_in_bytes,
            "FileLocation": {"S3Location": location},
        },
    }
