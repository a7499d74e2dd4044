"""References: `$.Attributes.x`, `$.External.items.0`, `$['Queue']['Name']`, alone or inside a text.

A text is read once, into a template; the template is filled each time its action runs. Sources: Amazon Connect
administrator guide, "List of available contact attributes and their JSONPath references", and the spellings in
exported flows. Where an embedded reference ends is not documented: here it ends at the first character that cannot
continue it, so `Dear $.Attributes.name.` keeps its full stop. What starts with `$` and is no reference (`$5`,
`$.Nothing.of.ours`) stays text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.language import language
from connect_mock.flow.namespaces import SEGMENT_VALUES

MAX_NESTING = 4
"""References inside bracketed references, and values inside values; whatever is deeper is taken as text."""

MAX_DEPTH = 32
"""Levels of `Parameters` that are looked through for references."""

MAX_TEXT = 1_000_000
"""Characters that a filled text may have. Ours: it keeps a flow that doubles an attribute from taking all memory."""

Lookup = Callable[[str], Any]
"""What is known under a root such as `Attributes`: a mapping, a list, a plain value, or None."""


class TextTooLong(Exception):
    """A text grew beyond MAX_TEXT characters when its references were looked up."""


class Template:
    """Something with references in it. No abstract class: instances of those are slow to recognise."""

    __slots__ = ()

    def fill(self, lookup: Lookup) -> Any:
        """What it says, with its references looked up. Raises TextTooLong."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Path(Template):
    """One reference: a root, and the way down from it. A segment that is a Path itself is looked up first."""

    root: str
    segments: tuple[str | Path, ...] = ()

    def fill(self, lookup: Lookup) -> Any:
        """The value it refers to; None when there is none."""
        value = lookup(self.root)
        step = _segment_step if self.root == "SegmentAttributes" else _step
        for segment in self.segments:
            if value is None:
                return None
            value = step(value, segment if isinstance(segment, str) else text_of(segment.fill(lookup)))
        return _unwrapped(value) if self.root == "SegmentAttributes" else value


@dataclass(frozen=True, slots=True)
class Text(Template):
    """Text with references in it. What is missing leaves no trace."""

    parts: tuple[str | Path, ...]

    def fill(self, lookup: Lookup) -> str:
        """The text; raises TextTooLong."""
        filled = [part if isinstance(part, str) else text_of(part.fill(lookup)) for part in self.parts]
        if sum(map(len, filled)) > MAX_TEXT:
            raise TextTooLong(f"the text has more than {MAX_TEXT} characters once its references are looked up")
        return "".join(filled)


@dataclass(frozen=True, slots=True)
class Object(Template):
    """A JSON object with references in its names or values."""

    entries: tuple[tuple[Any, Any], ...]

    def fill(self, lookup: Lookup) -> dict[str, Any]:
        """The object."""
        return {text_of(filled(name, lookup)): filled(value, lookup) for name, value in self.entries}


@dataclass(frozen=True, slots=True)
class Array(Template):
    """A JSON array with references in it."""

    items: tuple[Any, ...]

    def fill(self, lookup: Lookup) -> list[Any]:
        """The array."""
        return [filled(item, lookup) for item in self.items]


def filled(value: Any, lookup: Lookup) -> Any:
    """`value` with its references looked up; it may be a template or a plain value."""
    return value.fill(lookup) if isinstance(value, Template) else value


def template(value: Any, depth: int = MAX_DEPTH) -> Any:
    """A template of a JSON value, or the value itself when there is no reference in it."""
    if isinstance(value, str):
        return text_template(value)
    if depth == 0:
        return value
    if isinstance(value, dict):
        entries = tuple((text_template(name), template(inner, depth - 1)) for name, inner in value.items())
        return Object(entries) if any(isinstance(each, Template) for entry in entries for each in entry) else value
    if isinstance(value, list):
        items = tuple(template(inner, depth - 1) for inner in value)
        return Array(items) if any(isinstance(each, Template) for each in items) else value
    return value


def text_template(text: str) -> str | Path | Text:
    """A Path when `text` is one reference and nothing else, a Text when it has some in it, else `text` itself."""
    if "$" not in text:
        return text
    parts = tuple(_parts(text))
    if not any(isinstance(part, Path) for part in parts):
        return text
    return parts[0] if len(parts) == 1 else Text(parts)


def text_of(value: Any) -> str:
    """How a value reads in a text: nothing for None, JSON for what is neither a text nor a number."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)
    except (RecursionError, ValueError, TypeError):
        return ""


# --- reading

ROOT = re.compile(r"\$(?:\.|\.?\[(['\"]))([A-Za-z_][A-Za-z0-9_]*)(?(1)\1\])")
"""The start of a reference, known or not, with the name of its namespace as the second group; `$.50` is money."""

_DOTTED = re.compile(r"\.([A-Za-z0-9_-]+)")
_INDEX = re.compile(r"\.?\[([0-9]{1,9})\]")
_BRACKET = re.compile(r"\.?\[(?:'([^'`]*)'|\"([^\"`]*)\")\]")
_NESTED = re.compile(r"\.?\[(['\"])`(?=\$)")


def _parts(text: str) -> Iterator[str | Path]:
    written = position = 0
    while (start := text.find("$", position)) >= 0:
        read = _reference(text, start, MAX_NESTING)
        if read is None:
            position = start + 1
            continue
        path, end = read
        start, end = _without_backticks(text, written, start, end)
        if start > written:
            yield text[written:start]
        yield path
        written = position = end
    if written < len(text):
        yield text[written:]


def _without_backticks(text: str, written: int, start: int, end: int) -> tuple[int, int]:
    """References of loops and tables stand between backticks in a text, which belong to them."""
    enclosed = start > written and text[start - 1] == "`" and text[end : end + 1] == "`"
    return (start - 1, end + 1) if enclosed else (start, end)


def _reference(text: str, start: int, nesting: int) -> tuple[Path, int] | None:
    """The reference that starts at the `$` at `start`, and where it ends."""
    match = ROOT.match(text, start)
    if match is None or match[2] not in language().reference_roots:
        return None
    end, segments = match.end(), []
    while (read := _segment(text, end, nesting)) is not None:
        segment, end = read
        segments.append(segment)
    return Path(match[2], tuple(segments)), end


def _segment(text: str, start: int, nesting: int) -> tuple[str | Path, int] | None:
    """The segment at `start`, and where it ends."""
    match = _DOTTED.match(text, start) or _INDEX.match(text, start)
    if match:
        return match[1], match.end()
    match = _BRACKET.match(text, start)
    if match:
        return match[1] if match[1] is not None else match[2], match.end()
    match = _NESTED.match(text, start)
    return _nested(text, match.end(), match[1], nesting) if match and nesting else None


def _nested(text: str, start: int, quote: str, nesting: int) -> tuple[Path, int] | None:
    """A segment that is itself a reference: ``['`$.X`']``."""
    read = _reference(text, start, nesting - 1)
    closing = f"`{quote}]"
    if read is None or not text.startswith(closing, read[1]):
        return None
    return read[0], read[1] + len(closing)


# --- looking up


def _step(value: Any, segment: str) -> Any:
    if isinstance(value, (dict, Mapping)):
        return value.get(segment)
    if isinstance(value, Sequence) and not isinstance(value, str) and segment.isdecimal() and len(segment) < 10:
        return value[int(segment)] if int(segment) < len(value) else None
    return None


def _segment_step(value: Any, segment: str) -> Any:
    """Segment attributes are kept as in the API, `{"ValueString": "x"}`, and referred to with or without that member."""
    if isinstance(value, Mapping) and segment in value:
        return value[segment]
    inner = _unwrapped(value)
    return inner if segment in SEGMENT_VALUES else _step(inner, segment)


def _unwrapped(value: Any) -> Any:
    if isinstance(value, Mapping) and len(value) == 1:
        ((name, inner),) = value.items()
        return inner if name in SEGMENT_VALUES else value
    return value
