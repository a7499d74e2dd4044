"""Security keys: public keys with which an instance verifies the signatures of what it encrypts customers' input with."""

from __future__ import annotations

import base64
import datetime
import re
from dataclasses import dataclass, field

from connect_mock import clock
from connect_mock.collection import Collection
from connect_mock.errors import InvalidParameterException
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resources.associations import Association

PEM = re.compile(r"\s*-----BEGIN (?P<label>[A-Z ]*PUBLIC KEY)-----(?P<body>.+)-----END (?P=label)-----\s*", re.DOTALL)


@dataclass(kw_only=True, slots=True, eq=False)
class SecurityKey(Association):
    """A public key."""

    prefixes = ("Association",)
    quota = Quota("security_keys", 2)

    key: str
    """In PEM form, as it was given."""
    creation_time: datetime.datetime = field(default_factory=clock.now)

    @property
    def unique_key(self) -> str | None:
        """The key itself, however its lines are broken."""
        return "".join(self.key.split())


class SecurityKeyOperations(Operations):
    """The operations on security keys."""

    def associate_security_key(self, *, instance_id: str, key: str) -> dict[str, str]:
        """A key more.

        Raises InvalidParameterException for what is not a public key in PEM form, ResourceConflictException for one that is
        there already and ServiceQuotaExceededException for a third one.
        """
        keys = self.instance(instance_id)[SecurityKey]
        check_pem(key)
        return {"AssociationId": keys.add(key=key).id}

    def list_security_keys(self, *, instance_id: str) -> Collection[SecurityKey]:
        """The keys, oldest first."""
        return self.instance(instance_id)[SecurityKey]

    def disassociate_security_key(self, *, instance_id: str, association_id: str) -> None:
        """Take the key back; raises ResourceNotFoundException when there is none with that association id."""
        keys = self.instance(instance_id)[SecurityKey]
        keys.remove(keys.get(association_id))


def check_pem(key: str) -> None:
    """Raise InvalidParameterException for what is not a public key in PEM form. Which key it is does not matter."""
    found = PEM.fullmatch(key)
    body = "".join(found["body"].split()) if found else ""
    try:
        base64.b64decode(body or "nothing", validate=True)
    except ValueError:
        raise InvalidParameterException("Key must be a public key in PEM form: -----BEGIN PUBLIC KEY----- ...") from None
