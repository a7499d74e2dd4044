"""What an instance may use of other services and applications, under the names that callers give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from connect_mock.errors import InvalidParameterException, brief
from connect_mock.resource import Resource


@dataclass(kw_only=True, slots=True, eq=False)
class Association(Resource):
    """Something that an instance may use. Its id is how the caller calls it, and it is there once."""

    taggable = False

    @property
    def unique_key(self) -> str | None:
        return self.id


ARN = r"arn:[\w-]+:{service}:[\w-]*:(?:\d{{12}})?:{resource}"


def check_arn(member: str, arn: str, thing: str, service: str = r"[\w-]+", resource: str = r"\S+") -> None:
    """Raise InvalidParameterException when `arn`, the value of `member`, is not the ARN of `thing`.

    `service` and `resource` are regular expressions for these parts of the ARN. AWS says what the ARNs are of, and not how it
    refuses others.
    """
    if not re.fullmatch(ARN.format(service=service, resource=resource), arn):
        raise InvalidParameterException(f"{member} must be the ARN of {thing}, got {brief(arn)}")
