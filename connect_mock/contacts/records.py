"""What flows read and write outside the contact: customer profiles, cases, tables. `amazon_connect.record` lays them in.

Customer Profiles and Cases are services of their own, which are not emulated: a record is found by the fields that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connect_mock import ids
from connect_mock.contact import Contact
from connect_mock.contacts import arrangements
from connect_mock.contacts.system_attributes import instance_of
from connect_mock.flow.host import HostError, RecordKind

Record = dict[str, Any]

CONTACT_KEY = "_ctrContactId"
"""The key by which a profile is found from a contact (Customer Profiles, AddProfileKey)."""

PROFILE_KEYS = {
    "_account": ("AccountNumber",),
    "_email": ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress"),
    "_phone": ("PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber"),
    "_profileId": ("ProfileId",),
    "_fullName": ("FullName",),
}
"""The fields that the standard search keys of Customer Profiles look at (Customer Profiles guide, Key definitions)."""


def find(contact: Contact, kind: RecordKind, query: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The records that match, the one written last first."""
    if kind == "CONTACT_CONTENT":
        return _email_text(contact)
    if kind == "LAMBDA_RESULT":
        return _lambda_result(contact, query["RequestId"])
    matches = MATCHING.get(kind, _everything)(query)
    return [each for each in reversed(_all(kind)) if matches(each)]


def store(contact: Contact, kind: RecordKind, record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Create or change a record."""
    return STORING[kind](contact, record)


def _all(kind: str) -> list[Record]:
    return arrangements.current.records.setdefault(kind, [])


def _email_text(contact: Contact) -> list[Record]:
    raw = ((contact.started_with or {}).get("email_message") or {}).get("RawMessage") or {}
    return [{"Plaintext": raw["Body"]}] if "Body" in raw else []


def _lambda_result(contact: Contact, request_id: str) -> list[Record]:
    calls = (call for call in contact.handling.lambda_calls if call.request_id == request_id and call.error is None)
    return [{"ResultData": call.answer} for call in calls]


# --- finding

Keep = Callable[[Record], bool]


def _everything(query: Mapping[str, Any]) -> Keep:
    return lambda record: True


def _profile(query: Mapping[str, Any]) -> Keep:
    """By one key, by several with AND or OR, or by a field as in older flows."""
    criteria = query.get("SearchCriteria") or ([query] if "IdentifierName" in query else None)
    if criteria is None:
        return lambda record: all(record.get(name) == value for name, value in query.items())
    combine = any if query.get("LogicalOperator") == "OR" else all
    return lambda record: combine(_has_key(record, each) for each in criteria)


def _has_key(record: Record, criterion: Mapping[str, Any]) -> bool:
    name, wanted = criterion.get("IdentifierName", ""), criterion.get("IdentifierValue")
    if name == CONTACT_KEY:
        return wanted in record.get(CONTACT_KEY, ())
    return wanted in [record.get(field) for field in PROFILE_KEYS.get(name, (name,))]


def _of_profile(query: Mapping[str, Any]) -> Keep:
    """Objects and calculated attributes say whose they are, or are everybody's."""
    profile, kind = query.get("ProfileId"), query.get("ObjectType")
    return lambda record: (
        record.get("ProfileId") in (None, profile) and (kind is None or record.get("ObjectType") in (None, kind))
    )


def _case(query: Mapping[str, Any]) -> Keep:
    fields = dict(query.get("CaseRequestFields") or {})
    if "CustomerId" in query:
        fields["customer_id"] = query["CustomerId"]
    return lambda record: all(record.get(name) == value for name, value in fields.items())


def _row(query: Mapping[str, Any]) -> Keep:
    table, key = query.get("DataTableId"), query.get("PrimaryValues") or {}
    return lambda row: (
        row.get("DataTableId") in (None, table) and all(row["PrimaryValues"].get(name) == value for name, value in key.items())
    )


def _receipt(query: Mapping[str, Any]) -> Keep:
    return lambda receipt: receipt.get("Id") in query["Ids"]


MATCHING: dict[str, Callable[[Mapping[str, Any]], Keep]] = {
    "CALCULATED_ATTRIBUTES": _of_profile,
    "CASE": _case,
    "CUSTOMER_PROFILE": _profile,
    "CUSTOMER_PROFILE_OBJECT": _of_profile,
    "DATA_TABLE_ROW": _row,
    "DELIVERY_RECEIPTS": _receipt,
}

# --- storing


def _put(kind: str, id_field: str, id: str, fields: Mapping[str, Any]) -> Record:
    """Change the record with that id, or create it; it counts as the one written last."""
    records = _all(kind)
    before = next((each for each in records if each.get(id_field) == id), {})
    records[:] = [each for each in records if each is not before]
    records.append({**before, **fields, id_field: id})
    return records[-1]


def _store_profile(contact: Contact, record: Mapping[str, Any]) -> Record:
    return _put("CUSTOMER_PROFILE", "ProfileId", record.get("ProfileId") or ids.uuid().replace("-", ""), record)


def _store_profile_key(contact: Contact, record: Mapping[str, Any]) -> Record:
    """Customer Profiles refuses a profile that it does not have (AddProfileKey)."""
    profile = next((each for each in _all("CUSTOMER_PROFILE") if each.get("ProfileId") == record["ProfileId"]), None)
    if profile is None:
        raise HostError(why=f"there is no profile {record['ProfileId']}")
    profile[CONTACT_KEY] = [*profile.get(CONTACT_KEY, ()), record["ContactId"]]
    return profile


def _store_case(contact: Contact, record: Mapping[str, Any]) -> Record:
    return _put("CASE", "case_id", record.get("CaseId") or ids.uuid(), record.get("CaseRequestFields") or {})


def _store_session(contact: Contact, record: Mapping[str, Any]) -> Record:
    """The ARN of a session names its assistant (Amazon Q in Connect, resource types)."""
    assistant = str(record.get("WisdomAssistantArn", "")).replace(":assistant/", ":session/")
    return _put("WISDOM_SESSION", "SessionArn", f"{assistant}/{ids.uuid()}", {"InstanceArn": instance_of(contact).arn})


def _store_rows(contact: Contact, record: Mapping[str, Any]) -> Record:
    for row in record["Rows"]:
        _store_row(row)
    return {}


def _store_row(row: Record) -> None:
    rows = _all("DATA_TABLE_ROW")
    same = next((each for each in rows if _row(row)(each) and each["PrimaryValues"] == row["PrimaryValues"]), None)
    if same is None:
        rows.append(dict(row))
    else:
        same["Attributes"] = {**same["Attributes"], **row["Attributes"]}


STORING: dict[str, Callable[[Contact, Mapping[str, Any]], Record]] = {
    "CASE": _store_case,
    "CUSTOMER_PROFILE": _store_profile,
    "CUSTOMER_PROFILE_KEY": _store_profile_key,
    "DATA_TABLE_ROW": _store_rows,
    "WISDOM_SESSION": _store_session,
}
