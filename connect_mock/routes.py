"""From method and path to an operation."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from botocore.model import ServiceModel

from connect_mock.errors import UnknownOperationException

REMEMBERED = 1024
"""Paths whose operation is remembered."""


class Router:
    """Finds an operation by method and path, compared segment by segment; a literal segment wins over a label."""

    def __init__(self, service_model: ServiceModel) -> None:
        self._root: dict[Any, Any] = {}  # by segment, by None for a label, by (method,) where a path ends
        operations = service_model._service_description["operations"]  # type: ignore[attr-defined]  # the parsed form would build every shape
        for name, operation in operations.items():
            self._add(operation["http"]["method"], operation["http"]["requestUri"], name)
        self.match = lru_cache(maxsize=REMEMBERED)(self._match)
        """`match(method, path)` gives the operation's name and its labels by location name; or UnknownOperationException.

        Clients ask for the same paths again and again: the labels are shared, and must not be changed.
        """

    def _add(self, method: str, uri: str, name: str) -> None:
        node, labels = self._root, []
        for segment in uri[1:].split("/"):
            is_label = segment.startswith("{")
            if is_label:
                labels.append(segment.strip("{}+"))
            node = node.setdefault(None if is_label else segment, {})
        node[(method,)] = (name, labels)

    def _match(self, method: str, path: str) -> tuple[str, dict[str, str]]:
        found = self._walk(self._root, path[1:].split("/"), 0, method)
        if found is None:
            raise UnknownOperationException(f"Unable to determine service/operation name to be authorized: {method} {path}")
        name, labels, values = found
        return name, {label: unquote(value) for label, value in zip(labels, values, strict=True)}

    def _walk(
        self, node: dict[Any, Any], segments: list[str], depth: int, method: str
    ) -> tuple[str, list[str], list[str]] | None:
        if depth == len(segments):
            leaf = node.get((method,))
            return (*leaf, []) if leaf else None
        segment = segments[depth]
        if segment in node and (found := self._walk(node[segment], segments, depth + 1, method)):
            return found
        if None in node and segment and (found := self._walk(node[None], segments, depth + 1, method)):
            found[2].insert(0, segment)
            return found
        return None
