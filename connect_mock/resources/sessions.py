"""Sessions: authorization codes for customers, and the end of sessions.

Not emulated: no operation takes an authorization code, so no session ever sees activity, and the sessions of users begin where
users sign in, which is not here. GetFederationToken is not emulated yet.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, ClassVar

from connect_mock import clock, ids
from connect_mock.errors import InvalidParameterException, ResourceNotFoundException
from connect_mock.operations import Operations
from connect_mock.resource import MODELS, Resource, To

SHORTEST_INACTIVITY = 1440
"""Minutes (documentation of CreateAuthCode; the shape takes any from 0)."""

LONGEST_SESSION = 400 * 24 * 60
"""Minutes that a session lasts when nothing is said (documentation of CreateAuthCode)."""


@dataclass(kw_only=True, slots=True, eq=False)
class Session(Resource):
    """A session with limited permissions."""

    taggable = False
    refers_to: ClassVar = {"security_profile_ids": To("SecurityProfile", keeps=False)}

    entity_type: str
    entity_id: str | None = None
    domain_name: str | None = None
    security_profile_ids: list[str] = field(default_factory=list)
    auth_code: str = field(default_factory=lambda: ids.alphanumeric(64))
    """Its form is not published."""
    ends: datetime.datetime

    @property
    def session_id(self) -> str:
        return self.id

    @property
    def is_over(self) -> bool:
        """Whether its time ran out, or that in which somebody has to be active."""
        return clock.now() >= self.ends


class SessionOperations(Operations):
    """The operations on sessions."""

    def create_auth_code(
        self,
        *,
        instance_id: str,
        scope: dict[str, Any],
        session_inactivity_duration_minutes: int,
        max_session_duration_minutes: int | None = None,
    ) -> Session:
        """A new session and the code to begin it with.

        Raises ResourceNotFoundException for a security profile that does not exist, InvalidParameterException for less than a
        day of inactivity. The domain and the customer belong to another service and are not looked for.
        """
        inactivity = session_inactivity_duration_minutes
        if inactivity < SHORTEST_INACTIVITY:
            expected = f"at least {SHORTEST_INACTIVITY}"
            raise InvalidParameterException(f"SessionInactivityDurationMinutes must be {expected}, got {inactivity}")
        minutes = min(inactivity, max_session_duration_minutes or LONGEST_SESSION)
        return self.instance(instance_id)[Session].add(
            entity_type=scope["EntityType"],
            entity_id=scope.get("EntityId"),
            domain_name=scope.get("DomainName"),
            security_profile_ids=scope.get("SecurityProfileIds", []),
            ends=clock.now() + datetime.timedelta(minutes=minutes),
        )

    def delete_session(self, *, instance_id: str, session_id: str) -> None:
        """End a session; one that ended by itself is ResourceNotFoundException too."""
        sessions = self.instance(instance_id)[Session]
        session = sessions.get(session_id)
        if session.is_over:
            raise ResourceNotFoundException(f"Session with id {session_id} ended at {session.ends.isoformat()}")
        sessions.remove(session)

    def delete_all_entity_sessions(self, *, instance_id: str, entity_id: str, entity_type: str) -> None:
        """Sign a user out everywhere; raises ResourceNotFoundException for a user who does not exist."""
        instance = self.instance(instance_id)
        wanted = (entity_type, instance[MODELS["User"]].get(entity_id).id)
        for session in list(instance[Session].where(lambda each: (each.entity_type, each.entity_id) == wanted)):
            instance[Session].remove(session)
