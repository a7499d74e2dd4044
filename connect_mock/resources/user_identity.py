"""Who a user is: what each kind of identity management asks for, and what it refuses.

Source: documentation of CreateUserRequest and UserIdentityInfo. It speaks of user names of up to 20 characters without SAML,
while Terraform's acceptance tests have longer ones: the 100 of the shape count. It contradicts itself on Email with SAML,
which is accepted.
"""

from __future__ import annotations

import re
import unicodedata

from connect_mock.errors import InvalidParameterException, InvalidRequestException, brief

MANAGED, SAML, DIRECTORY = "CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"

SAML_USERNAME = re.compile(r"[a-zA-Z0-9_\-.\\@]{1,64}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
SECONDARY_EMAIL = re.compile(r"(?=^.{0,265}$)[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}")
LONGEST_MANAGED_LAST_NAME = 256
"""Characters; with SAML it is the 300 of the shape."""

OF_THE_DIRECTORY = ("FirstName", "LastName", "Email")
"""What a user's directory says, so that it cannot be changed here."""


def check_sign_in(management: str, username: str, password: str | None, directory_user_id: str | None) -> None:
    """Check what a new user signs in with.

    Raises InvalidRequestException for what that identity management needs or forbids, InvalidParameterException for a user
    name in another form.
    """
    if "@" in username and not EMAIL.fullmatch(username):
        raise InvalidParameterException(f"Username can have @ only in the form of an email address, got {username!r}")
    if management == SAML and not SAML_USERNAME.fullmatch(username):
        raise InvalidParameterException(f"Username must match {SAML_USERNAME.pattern} with SAML, got {brief(username)}")
    if management == SAML and directory_user_id is not None:
        raise InvalidRequestException("DirectoryUserId must not be given where IdentityManagementType is SAML")
    if management == MANAGED and password is None:
        raise InvalidRequestException(f"Password must be given where IdentityManagementType is {MANAGED}")
    if management != MANAGED and password is not None:
        raise InvalidRequestException(f"Password must not be given where IdentityManagementType is {management}")


def check_identity(management: str, identity: dict[str, str]) -> None:
    """Check an IdentityInfo. Raises InvalidRequestException for a missing name, InvalidParameterException for a bad one."""
    for member in ("FirstName", "LastName"):
        _check_name(member, identity.get(member), needed=management != DIRECTORY)
    longest, last_name = LONGEST_MANAGED_LAST_NAME, identity.get("LastName", "")
    if management == MANAGED and len(last_name) > longest:
        raise InvalidParameterException(f"LastName must be 1 to {longest} characters long, got {brief(last_name)}")
    secondary = identity.get("SecondaryEmail")
    if secondary is not None and not SECONDARY_EMAIL.fullmatch(secondary):
        raise InvalidParameterException(f"SecondaryEmail must match {SECONDARY_EMAIL.pattern}, got {brief(secondary)}")


def check_new_identity(management: str, before: dict[str, str], identity: dict[str, str]) -> None:
    """Check what is to replace an IdentityInfo; what a directory manages has to stay (InvalidRequestException)."""
    check_identity(management, identity)
    changed = [member for member in OF_THE_DIRECTORY if identity.get(member) != before.get(member)]
    if management == DIRECTORY and changed:
        raise InvalidRequestException(f"{changed[0]} is managed by the directory and cannot be changed")


def _check_name(member: str, name: str | None, needed: bool) -> None:
    if needed and not name:
        raise InvalidRequestException(f"IdentityInfo.{member} must be given unless an existing directory manages the users")
    if name and not unicodedata.is_normalized("NFC", name):
        raise InvalidParameterException(f"{member} must be in Unicode Normalization Form C, got {name!a}")
