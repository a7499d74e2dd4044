"""SearchCriteria and SearchFilter, evaluated over any collection.

The tree is the same for all searches of the service: a node is a leaf, `OrConditions` or `AndConditions`. What differs is
the fields that `StringCondition` may name and the leaves that a search has beside it: a search says both in a `Search`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidParameterException, brief

Keep = Callable[[Any], bool]
Sieve = Callable[[Sequence[Any]], Sequence[Any]]
"""Leaves some of the resources that it is given, in order."""
Criteria = dict[str, Any]


@dataclass(frozen=True)
class Search:
    """What one search operation can look for."""

    fields: Mapping[str, Callable[[Any], Any]]
    """FieldName of StringCondition to the text (or the texts) of a resource that it looks at."""
    conditions: Mapping[str, Callable[[Any], Keep]] = field(default_factory=dict)
    """Other leaves, for example `TypeCondition`, to the predicate that its value makes."""

    def over(
        self, collection: Collection[Any] | Selection[Any], criteria: Criteria | None, keep: Keep | None = None
    ) -> Selection[Any]:
        """The resources that match the criteria and the filter `keep`, in order.

        Raises InvalidParameterException for an unknown field and for a node that holds more than one thing.
        """
        found = collection if isinstance(collection, Selection) else collection.all()
        for sieve in (self._node(criteria or {}), by(keep) if keep else None):
            found = found.sifted(sieve) if sieve else found
        return found

    def _node(self, node: Criteria) -> Sieve | None:
        if len(node) > 1:
            raise InvalidParameterException(f"SearchCriteria: one node holds only one of {', '.join(sorted(node))}")
        for name, value in node.items():
            if name in ("OrConditions", "AndConditions"):
                return (any_sieve if name == "OrConditions" else all_sieves)([self._node(each) for each in value])
            return self._string(value) if name == "StringCondition" else self._other(name, value)
        return None

    def _other(self, name: str, value: Any) -> Sieve:
        if name not in self.conditions:
            raise InvalidParameterException(f"SearchCriteria: {name} is not supported here")
        return by(self.conditions[name](value))

    def _string(self, condition: dict[str, Any]) -> Sieve:
        name, wanted = condition.get("FieldName", ""), condition.get("Value", "")
        if name not in self.fields:
            known = ", ".join(self.fields)
            raise InvalidParameterException(f"SearchCriteria: FieldName must be one of {known}, got {brief(name)}")
        compare = COMPARISONS.get(comparison := condition.get("ComparisonType", "EXACT"))
        if compare is None:
            known = ", ".join(COMPARISONS)
            raise InvalidParameterException(f"SearchCriteria: ComparisonType must be one of {known}, got {brief(comparison)}")
        return with_text(self.fields[name], compare, wanted.casefold())


COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "STARTS_WITH": str.startswith,
    "CONTAINS": operator.contains,
    "EXACT": operator.eq,
}
"""ComparisonType of StringCondition. Case is folded in all of them: the console searches like that; AWS does not say."""


# --- sieves: a search goes through tens of thousands of resources, and one loop for each condition is quicker than a call for
# each resource


def with_text(read: Callable[[Any], Any], compare: Callable[[str, str], bool], wanted: str) -> Sieve:
    """Leaves resources for which the text that is read, or one of several, compares."""

    def among(texts: Iterable[Any] | None) -> bool:
        for text in texts or ():  # noqa: SIM110 - twice as quick as any() over one or two texts
            if compare(str(text).casefold(), wanted):
                return True
        return False

    return lambda found: [
        each for each in found if (compare(text.casefold(), wanted) if isinstance(text := read(each), str) else among(text))
    ]


def by(keep: Keep) -> Sieve:
    """Leaves resources that `keep` is true for."""
    return lambda found: list(filter(keep, found))


def all_sieves(sieves: list[Sieve | None]) -> Sieve:
    """Leaves what all of them leave; an empty node leaves everything."""
    return lambda found: reduce(lambda left, sieve: sieve(left), filter(None, sieves), found)


def any_sieve(sieves: list[Sieve | None]) -> Sieve | None:
    """Leaves what one of them leaves; an empty node, or none at all, leaves everything."""
    known = [sieve for sieve in sieves if sieve]
    if len(known) < len(sieves) or not known:
        return None

    def sift(found: Sequence[Any]) -> Sequence[Any]:
        left = {id(each) for sieve in known for each in sieve(found)}
        return [each for each in found if id(each) in left]

    return sift


# --- filters


def any_of(keeps: Iterable[Keep | None]) -> Keep | None:
    """True where one of them is; an empty node, or none at all, matches everything."""
    known = list(keeps)
    if not known or None in known:
        return None
    return lambda resource: any(keep(resource) for keep in known if keep)


def all_of(keeps: Iterable[Keep | None]) -> Keep | None:
    """True where all of them are."""
    known = [keep for keep in keeps if keep]
    return (lambda resource: all(keep(resource) for keep in known)) if known else None


def has_tag(condition: dict[str, str]) -> Keep:
    """A TagCondition; without TagValue it matches every value of the key."""
    key, value = condition.get("TagKey", ""), condition.get("TagValue")
    return lambda resource: key in resource.tags and value in (None, resource.tags[key])


def tag_filter(conditions: dict[str, Any] | None) -> Keep | None:
    """A ControlPlaneTagFilter: TagCondition, AndConditions, or OrConditions whose inner lists are ANDed.

    A condition without TagValue matches every value of the key. Raises InvalidParameterException for more than one of them.
    """
    if not conditions:
        return None
    if unknown := conditions.keys() - {"TagCondition", "AndConditions", "OrConditions"}:
        raise InvalidParameterException(f"TagFilter: {', '.join(sorted(unknown))} is not supported here")
    if len(conditions) > 1:
        raise InvalidParameterException(f"TagFilter: only one of {', '.join(sorted(conditions))} may be given")
    if "TagCondition" in conditions:
        return has_tag(conditions["TagCondition"])
    if "AndConditions" in conditions:
        return all_of(map(has_tag, conditions["AndConditions"]))
    return any_of(all_of(map(has_tag, inner)) for inner in conditions["OrConditions"])


def with_tags(search_filter: dict[str, Any] | None) -> Keep | None:
    """A SearchFilter that has nothing but a filter on tags, of either form: TagFilter or AttributeFilter."""
    given = search_filter or {}
    if "AttributeFilter" in given:
        return attribute_filter(given["AttributeFilter"])
    return tag_filter(given.get("TagFilter"))


TAG_FILTERS = ("TagCondition", "TagConditions", "AndCondition", "OrConditions")


def attribute_filter(
    conditions: dict[str, Any], others: Mapping[str, Callable[[Any], Keep | None]] | None = None
) -> Keep | None:
    """An AttributeFilter: one of TagCondition, AndCondition and OrConditions; empty, it keeps all.

    `others` are the leaves that a search has beside those on tags, by name. Raises InvalidParameterException for more than one
    condition on the outermost level and for an unknown one.
    """
    if len(conditions) > 1:
        raise InvalidParameterException(f"AttributeFilter: only one of {', '.join(sorted(conditions))} may be given")
    if "OrConditions" in conditions:
        return any_of(_level(each, others or {}) for each in conditions["OrConditions"])
    return _level(conditions.get("AndCondition", conditions), others or {})


def _level(conditions: dict[str, Any], others: Mapping[str, Callable[[Any], Keep | None]]) -> Keep | None:
    if unknown := conditions.keys() - {*TAG_FILTERS, *others}:
        raise InvalidParameterException(f"AttributeFilter: {', '.join(sorted(unknown))} is not supported here")
    tags = [*conditions.get("TagConditions", []), *([conditions["TagCondition"]] if "TagCondition" in conditions else [])]
    return all_of([*map(has_tag, tags), *(others[name](value) for name, value in conditions.items() if name in others)])
