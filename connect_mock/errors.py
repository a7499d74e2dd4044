"""The errors of Amazon Connect, one class for each, under AWS's own name.

Status and members come from the service model when the error is rendered. The classes at the end are not in
the model: they are what the front end of the service, or connect-mock itself, answers before any operation runs.
"""

from __future__ import annotations

from typing import Any


class ConnectError(Exception):
    """A refusal that the caller sees.

    `message` is the sentence for the caller; `members` are the further members of the error's shape, under their
    names on the wire, for example `ResourceType` of ResourceInUseException.
    """

    status: int = 400
    """The HTTP status, for errors that the model of the service does not have."""

    def __init__(self, message: str = "", **members: Any) -> None:
        super().__init__(message)
        self.message = message
        self.members = members

    @property
    def code(self) -> str:
        """The name that clients see as `error.response["Error"]["Code"]`."""
        return type(self).__name__


class InvalidMember(Exception):
    """A value in the request that its shape does not accept; becomes the operation's own modeled error.

    `path` grows outwards while the exception travels through the enclosing shapes.
    """

    def __init__(self, expected: str, value: Any) -> None:
        super().__init__(expected)
        self.expected = expected
        self.value = value
        self.path = ""

    def inside(self, step: str | int) -> InvalidMember:
        """The same problem as seen from the structure, list or map that holds it under `step`."""
        here = f"[{step}]" if isinstance(step, int) else step
        dot = "." if self.path and not self.path.startswith("[") else ""
        self.path = f"{here}{dot}{self.path}"
        return self

    def __str__(self) -> str:
        return f"Invalid parameter: {self.path or 'request body'} must be {self.expected}, got {brief(self.value)}"


class TooManyItems(InvalidMember):
    """A list that is longer than its shape allows; the message is a recorded answer of CreateQueue."""

    def __init__(self, most: int, value: Any) -> None:
        super().__init__(f"at most {most} items long", value)
        self.most = most

    def __str__(self) -> str:
        return f"{self.path} must include at most {self.most} items"


def brief(value: Any, length: int = 100) -> str:
    """`value` as it is shown in messages, cut after `length` characters."""
    try:
        text = repr(value)
    except RecursionError:
        return "a value that is nested too deeply to be shown"
    return text if len(text) <= length else f"{text[:length]}... ({len(text)} characters)"


class AccessDeniedException(ConnectError):
    """The caller may not do this, or the service keeps the resource for itself."""


class ConditionalOperationFailedException(ConnectError):
    """The resource changed since the caller looked at it."""


class ConflictException(ConnectError):
    """The state of the resource does not allow the operation."""


class ContactFlowNotPublishedException(ConnectError):
    """The flow was saved and never published."""


class ContactNotFoundException(ConnectError):
    """The contact has ended, or is not one that the operation can act on."""


class ContactNotTerminatedException(ConnectError):
    """The contact is still active."""


class DestinationNotAllowedException(ConnectError):
    """The instance may not call that number."""


class DuplicateResourceException(ConnectError):
    """The name is taken."""


class IdempotencyException(ConnectError):
    """The ClientToken was used before with other arguments."""


class InternalServerException(ConnectError):
    """The participant service failed. connect-mock raises it only when a test asks for it."""


class InternalServiceException(ConnectError):
    """The service failed. connect-mock raises it only when a test asks for it."""


class InvalidActiveRegionException(ConnectError):
    """The contact is handled in another Region."""


class InvalidContactFlowException(ConnectError):
    """The flow content cannot be published; `problems` lists why."""


class InvalidContactFlowModuleException(ConnectError):
    """The module content cannot be published; `Problems` lists why."""


class InvalidParameterException(ConnectError):
    """A parameter is not what the service accepts."""


class InvalidRequestException(ConnectError):
    """The request does not make sense to the service."""


class InvalidTestCaseException(ConnectError):
    """The test case cannot be published; `Problems` lists why."""


class LimitExceededException(ConnectError):
    """A quota of the account or the instance is used up."""


class MaximumResultReturnedException(ConnectError):
    """More was found than the operation can return."""


class OutboundContactNotPermittedException(ConnectError):
    """The instance does not make outbound contacts."""


class OutputTypeNotFoundException(ConnectError):
    """The contact has no analysis of that output type."""


class PropertyValidationException(ConnectError):
    """Properties of the resource are invalid; `PropertyList` lists them."""


class ResourceConflictException(ConnectError):
    """A resource of that name exists, or is in another state."""


class ResourceInUseException(ConnectError):
    """Something still points at the resource."""


class ResourceNotFoundException(ConnectError):
    """There is no such resource."""


class ResourceNotReadyException(ConnectError):
    """The resource is not ready yet."""


class ServiceQuotaExceededException(ConnectError):
    """A service quota is used up."""


class ThrottlingException(ConnectError):
    """Too many calls. connect-mock raises it only when a test asks for it."""


class TooManyRequestsException(ConnectError):
    """Too many calls. connect-mock raises it only when a test asks for it."""


class UserNotFoundException(ConnectError):
    """No user belongs to the calling identity."""


class ValidationException(ConnectError):
    """A parameter is not what the participant service accepts."""


class UnknownOperationException(ConnectError):
    """No operation of the service has this method and path."""

    status = 404


class NotImplementedException(ConnectError):
    """The operation exists, and connect-mock does not emulate it yet."""

    status = 501


class IncompleteSignatureException(ConnectError):
    """The Authorization header lacks a part of a signature; only with moto's IAM enforcement."""

    status = 400


class InvalidSignatureException(ConnectError):
    """The signature is for another request, service or Region, or for a Region that does not exist."""

    status = 403


class MissingAuthenticationTokenException(ConnectError):
    """The request is not signed; only with moto's IAM enforcement."""

    status = 403


class UnrecognizedClientException(ConnectError):
    """Nobody has this access key; only with moto's IAM enforcement."""

    status = 403
