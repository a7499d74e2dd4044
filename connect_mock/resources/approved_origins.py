"""Approved origins: the sites that may embed what Amazon Connect shows to agents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from connect_mock.errors import InvalidParameterException, brief
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resources.associations import Association

ORIGIN = re.compile(r"(?:https://[^\s/?#@]+|http://localhost(?::\d+)?)/?")
"""A scheme, a host, perhaps with wildcards, and perhaps a port. AWS says `domain` in one place and `domain URL` in another."""


@dataclass(kw_only=True, slots=True, eq=False)
class ApprovedOrigin(Association):
    """An approved origin. Its id is the origin."""

    quota = Quota("approved_origins", 100)


class ApprovedOriginOperations(Operations):
    """The operations on approved origins."""

    def associate_approved_origin(self, *, instance_id: str, origin: str) -> None:
        """Allow the origin.

        Raises InvalidParameterException for what is not an origin with https (http where it is localhost),
        ResourceConflictException for one that is allowed already and ServiceQuotaExceededException for too many.
        """
        origins = self.instance(instance_id)[ApprovedOrigin]
        if not ORIGIN.fullmatch(origin):
            raise InvalidParameterException(
                f"Origin must be like https://example.com or https://*.example.com, got {brief(origin)}"
            )
        origins.add(id=origin)

    def list_approved_origins(self, *, instance_id: str) -> list[str]:
        """The origins, oldest first."""
        return [each.id for each in self.instance(instance_id)[ApprovedOrigin]]

    def disassociate_approved_origin(self, *, instance_id: str, origin: str) -> None:
        """Take the origin back; raises ResourceNotFoundException when it is not allowed."""
        origins = self.instance(instance_id)[ApprovedOrigin]
        origins.remove(origins.get(origin))
