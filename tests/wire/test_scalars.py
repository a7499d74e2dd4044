"""What the types of the model accept as JSON, and as text in a path, a query or a header."""

from __future__ import annotations

import datetime
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_mock.errors import InvalidMember
from connect_mock.parsing import SCALARS, TEXT_SCALARS

UTC = datetime.timezone.utc
NOON = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HUGE = json.loads("1" + "0" * 400)


def each(kind: str, *values: Any) -> list[tuple[str, Any]]:
    """Several values of one type."""
    return [(kind, value) for value in values]


ACCEPTED = [
    ("string", "ü", "ü"),
    ("string", "", ""),
    ("boolean", True, True),
    ("boolean", False, False),
    ("integer", 5, 5),
    ("integer", 5.0, 5),
    ("integer", -(2**31), -(2**31)),
    ("integer", 2**31 - 1, 2**31 - 1),
    ("long", 2**63 - 1, 2**63 - 1),
    ("double", 5, 5.0),
    ("double", 1e300, 1e300),
    ("float", 0.5, 0.5),
    ("timestamp", NOON.timestamp(), NOON),
    ("timestamp", NOON.timestamp() + 0.25, NOON.replace(microsecond=250_000)),
    ("timestamp", "2026-11-21T12:00:00Z", NOON),
    ("timestamp", "2026-11-21T12:00:00.5Z", NOON.replace(microsecond=500_000)),
    ("timestamp", "2026-11-21T12:00:00.123456789Z", NOON.replace(microsecond=123_456)),
    ("timestamp", "2026-11-21T14:00:00+02:00", NOON),
    ("timestamp", "2026-11-21T12:00:00", NOON),
    ("timestamp", "2026-11-21", NOON.replace(hour=0)),
    ("timestamp", str(int(NOON.timestamp())), NOON),
    ("timestamp", "Sat, 21 Nov 2026 12:00:00 GMT", NOON),
    ("blob", "aGk=", b"hi"),
    ("blob", "", b""),
]

REFUSED: list[tuple[str, Any]] = [
    *each("string", 1, 1.5, True, [], {}, None, "\ud800", "a\udfffb"),
    *each("boolean", "true", "TRUE", 1, 0, [], {}, None),
    *each("integer", "5", 5.5, True, HUGE, 2**31, -(2**31) - 1, 1e300, float("inf"), [], {}, None),
    *each("long", "5", 2**63, -(2**63) - 1, HUGE, float("-inf"), None),
    *each("double", "1.5", True, HUGE, float("inf"), float("nan"), [], {}, None),
    *each("timestamp", True, [], {}, None, "", "noon", "2026-13-01", "NaN", "12:00", "1" * 400, "GMT"),
    *each("timestamp", 1e18, -1e18, HUGE, float("inf"), float("nan"), 10**15),
    *each("timestamp", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00", "Sat, 99 Nov 2026 GMT"),
    *each("blob", "a", "a===", "ü", "\ud800", "####", 1, [], None),
]

TEXTS = [
    ("string", "5", "5"),
    ("string", "true", "true"),
    ("boolean", "true", True),
    ("boolean", "false", False),
    ("integer", "5", 5),
    ("integer", "-5", -5),
    ("long", "9223372036854775807", 2**63 - 1),
    ("double", "1.5", 1.5),
    ("timestamp", "1795262400", NOON),
    ("timestamp", "2026-11-21T12:00:00Z", NOON),
    ("timestamp", "Sat, 21 Nov 2026 12:00:00 GMT", NOON),
]

REFUSED_TEXTS = [
    *each("boolean", "", "True", "1", "yes", "null", '"true"'),
    *(
        ("integer", text)
        for text in ("", " 5", "5 ", "+5", "5x", "0x5", "1_0", "٣", "five", "5.5", "true", "[5]", "2147483648")
    ),
    *each("integer", "9" * 5000, "-", "--5", "1e2", "NaN"),
    *each("double", "", "nan", "inf", "-inf", "Infinity", "1e400", "1,5", "9" * 5000),
]


def shown(value: Any) -> str:
    """A name for a test of that value."""
    return ascii(value)[:30]


@pytest.mark.parametrize(("kind", "value", "meant"), ACCEPTED, ids=shown)
def test_a_value_of_the_type_is_read(kind: str, value: Any, meant: Any) -> None:
    read = SCALARS[kind](value)
    assert (read, type(read)) == (meant, type(meant))


@pytest.mark.parametrize(("kind", "value"), REFUSED, ids=shown)
def test_a_value_of_another_type_is_refused(kind: str, value: Any) -> None:
    with pytest.raises(InvalidMember):
        SCALARS[kind](value)


@pytest.mark.parametrize(("kind", "text", "meant"), TEXTS, ids=shown)
def test_text_that_means_a_value_is_read(kind: str, text: str, meant: Any) -> None:
    read = TEXT_SCALARS[kind](text)
    assert (read, type(read)) == (meant, type(meant))


@pytest.mark.parametrize(("kind", "text"), REFUSED_TEXTS, ids=shown)
def test_text_that_means_nothing_is_refused(kind: str, text: str) -> None:
    with pytest.raises(InvalidMember):
        TEXT_SCALARS[kind](text)


def test_a_moment_of_another_time_zone_is_kept_in_utc() -> None:
    assert SCALARS["timestamp"]("2026-11-21T14:00:00+02:00").tzinfo is UTC


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=3,
)


@pytest.mark.parametrize("kind", sorted(SCALARS))
@given(value=json_values)
def test_any_json_value_is_read_or_refused(kind: str, value: Any) -> None:
    with suppress(InvalidMember):
        SCALARS[kind](value)


@pytest.mark.parametrize("kind", sorted(TEXT_SCALARS))
@given(text=st.text() | st.from_regex(r"-?[0-9.eE+:TZ-]{0,30}(GMT)?", fullmatch=True))
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    with suppress(InvalidMember):
        TEXT_SCALARS[kind](text)
