"""Collections: adding, changing and removing resources, and cutting pages that stay right while others do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_mock import AmazonConnect, UnknownMemberWarning, clock
from connect_mock.collection import Collection, Owner, Selection
from connect_mock.errors import DuplicateResourceException, ResourceConflictException, ResourceNotFoundException
from connect_mock.resource import NamedResource, Resource


@dataclass(kw_only=True, slots=True, eq=False)
class Pot(NamedResource):
    arn_type = "pot"


@dataclass(kw_only=True, slots=True, eq=False)
class Vase(NamedResource):
    """A resource whose names are refused in another way, and that is listed by name."""

    duplicate_error = ResourceConflictException

    @property
    def position(self) -> str:
        return self.name


@dataclass(kw_only=True, slots=True, eq=False)
class Shard(Resource):
    """A resource without a name, listed by a number that may come in any order."""

    number: int

    @property
    def position(self) -> int:
        return self.number


@dataclass(kw_only=True, slots=True, eq=False)
class Shelf(NamedResource, Owner):
    """A resource that holds others."""

    arn_prefix = "arn:shelf/"
    region_name = "eu-west-2"
    collections: dict[type[Any], Collection[Any]] = field(default_factory=dict, repr=False)


class Kitchen(Owner):
    """Something that holds resources."""

    arn_prefix = "arn:aws:made-up:us-east-1:123456789012:"
    region_name = "us-east-1"

    def __init__(self) -> None:
        self.collections = {}


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


@pytest.fixture
def pots(kitchen: Kitchen) -> Collection[Pot]:
    return kitchen[Pot]


def names(found: Any) -> list[str]:
    return [each.name for each in found]


# --- adding


def test_an_owner_has_one_collection_of_a_class(kitchen: Kitchen) -> None:
    assert kitchen[Pot] is kitchen[Pot]
    kitchen[Pot].add(name="stew")
    assert len(kitchen[Vase]) == 0


def test_a_new_resource_knows_where_and_when_it_was_made(kitchen: Kitchen, pots: Collection[Pot]) -> None:
    before = clock.now()
    pot = pots.add(name="stew")
    assert pot.arn == f"arn:aws:made-up:us-east-1:123456789012:pot/{pot.id}"
    assert pot.last_modified_region == "us-east-1"
    assert before <= pot.last_modified_time <= clock.now()


def test_resources_are_in_the_order_of_their_creation(pots: Collection[Pot]) -> None:
    for name in "bca":
        pots.add(name=name)
    assert names(pots) == names(pots.all()) == ["b", "c", "a"]
    assert len(pots) == len(pots.all()) == 3


def test_resources_with_a_position_of_their_own_are_in_its_order(kitchen: Kitchen) -> None:
    for name in "bca":
        kitchen[Vase].add(name=name)
    assert names(kitchen[Vase]) == ["a", "b", "c"]


def test_a_name_is_taken_once(pots: Collection[Pot]) -> None:
    pots.add(name="stew")
    with pytest.raises(DuplicateResourceException, match="Pot 'stew' already exists"):
        pots.add(name="stew")
    assert names(pots) == ["stew"]


def test_a_class_says_how_a_name_that_is_taken_is_refused(kitchen: Kitchen) -> None:
    kitchen[Vase].add(name="blue")
    with pytest.raises(ResourceConflictException):
        kitchen[Vase].add(name="blue")


def test_names_that_differ_in_case_are_two_names(pots: Collection[Pot]) -> None:
    pots.add(name="stew")
    pots.add(name="Stew")
    assert names(pots) == ["stew", "Stew"]


def test_an_owner_sees_what_its_resources_hold(kitchen: Kitchen) -> None:
    shelf = kitchen[Shelf].add(name="upper")
    pot = shelf[Pot].add(name="stew")
    assert list(kitchen.resources()) == [shelf, pot]


# --- finding


def test_a_resource_is_found_by_id_and_by_arn(pots: Collection[Pot]) -> None:
    pot = pots.add(name="stew")
    assert pots.find(pot.id) is pots.find(pot.arn) is pots.get(pot.id) is pots.named("stew") is pot
    assert pot.id in pots


@pytest.mark.parametrize("wrong", ["", "stew", "/", "arn:aws:made-up:us-east-1:123456789012:pot/"])
def test_what_is_not_there_is_not_found(pots: Collection[Pot], wrong: str) -> None:
    pots.add(name="stew")
    assert pots.find(wrong) is None
    assert wrong not in pots
    with pytest.raises(ResourceNotFoundException, match=r"Pot with id .* not found"):
        pots.get(wrong)


# --- changing


def test_an_update_changes_what_is_given_and_leaves_the_rest(pots: Collection[Pot]) -> None:
    pot = pots.add(name="stew", description="old")
    pots.update(pot, name="soup", description=None)
    assert (pot.name, pot.description) == ("soup", "old")
    assert pots.named("soup") is pot
    assert pots.named("stew") is None


def test_an_update_is_noted(pots: Collection[Pot], amazon_connect: AmazonConnect) -> None:
    pot = pots.add(name="stew")
    later = amazon_connect.clock.advance(60)
    pots.update(pot, description="new")
    assert pot.last_modified_time >= later


def test_an_update_to_a_name_that_is_taken_changes_nothing(pots: Collection[Pot]) -> None:
    pots.add(name="soup")
    pot = pots.add(name="stew", description="old")
    before = pot.last_modified_time
    with pytest.raises(DuplicateResourceException):
        pots.update(pot, description="new", name="soup")
    assert (pot.name, pot.description, pot.last_modified_time) == ("stew", "old", before)
    assert pots.named("stew") is pot


def test_an_update_to_its_own_name_is_no_conflict(pots: Collection[Pot]) -> None:
    pot = pots.add(name="stew")
    pots.update(pot, name="stew")
    assert pots.named("stew") is pot


def test_an_old_name_is_free_again(pots: Collection[Pot]) -> None:
    pots.update(pots.add(name="stew"), name="soup")
    pots.add(name="stew")
    assert names(pots) == ["soup", "stew"]


def test_a_removed_resource_is_gone_and_its_name_is_free(pots: Collection[Pot]) -> None:
    first, second = pots.add(name="stew"), pots.add(name="soup")
    pots.remove(first)
    assert list(pots) == [second]
    assert pots.find(first.id) is pots.named("stew") is None
    pots.add(name="stew")
    assert names(pots) == ["soup", "stew"]


def test_a_member_that_is_not_known_is_kept_with_a_warning(pots: Collection[Pot]) -> None:
    with pytest.warns(UnknownMemberWarning, match="does not know glaze of Pot"):
        pot = pots.add(name="stew", glaze="blue")
    with pytest.warns(UnknownMemberWarning, match="does not know weight of Pot"):
        pots.update(pot, weight=3)
    assert pot.unknown == {"glaze": "blue", "weight": 3}


def test_a_warning_that_is_an_error_changes_nothing(pots: Collection[Pot]) -> None:
    pot = pots.add(name="stew")
    with pytest.raises(UnknownMemberWarning):
        pots.update(pot, name="soup", glaze="blue")
    with pytest.raises(UnknownMemberWarning):
        pots.add(name="soup", glaze="blue")
    assert names(pots) == ["stew"]


# --- pages


def pages(selection: Selection[Any], size: int) -> list[list[Any]]:
    """All pages of that size."""
    cut: list[list[Any]] = []
    after = None
    while not cut or after is not None:
        page, after = selection.page(after, size)
        cut.append(page)
    return cut


@pytest.fixture
def numbers() -> Selection[int]:
    """Ten numbers that are their own position."""
    return Selection(range(10), lambda number: number)


def test_a_page_ends_after_so_many(numbers: Selection[int]) -> None:
    assert pages(numbers, 4) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


def test_the_last_page_says_that_it_is_the_last_though_it_is_full(numbers: Selection[int]) -> None:
    assert pages(numbers, 5) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert pages(numbers, 10) == [list(range(10))]


def test_what_is_left_out_does_not_count(numbers: Selection[int]) -> None:
    even = numbers.where(lambda number: number % 2 == 0)
    assert pages(even, 2) == [[0, 2], [4, 6], [8]]
    assert len(even) == 5
    assert list(even.where(lambda number: number > 4)) == [6, 8]


def test_a_selection_can_be_read_from_its_end(numbers: Selection[int]) -> None:
    assert pages(numbers.newest_first(), 4) == [[9, 8, 7, 6], [5, 4, 3, 2], [1, 0]]


def test_a_part_between_two_positions_includes_both(numbers: Selection[int]) -> None:
    part = numbers.between(3, 6)
    assert pages(part, 3) == [[3, 4, 5], [6]]
    assert pages(part.newest_first(), 3) == [[6, 5, 4], [3]]
    assert len(part) == 4
    assert list(part.between(5, 99)) == [5, 6]
    assert len(numbers.between(6, 3)) == len(numbers.between(20, 30)) == 0


def test_a_settled_selection_is_the_same(numbers: Selection[int]) -> None:
    odd = numbers.where(lambda number: number % 2 == 1).between(2, 8).newest_first()
    assert list(odd.settled()) == list(odd) == [7, 5, 3]
    assert pages(odd.settled(), 2) == pages(odd, 2) == [[7, 5], [3]]
    assert numbers.settled() is numbers


def test_a_page_holds_what_is_shown_of_each(numbers: Selection[int]) -> None:
    shown = numbers.where(lambda number: number > 6).shown(str)
    assert pages(shown, 2) == pages(shown.settled(), 2) == [["7", "8"], ["9"]]
    assert pages(shown.newest_first(), 2) == [["9", "8"], ["7"]]
    assert list(shown) == [7, 8, 9]


def test_a_sieve_is_given_what_is_not_left_out_yet(numbers: Selection[int]) -> None:
    odd = numbers.where(lambda number: number % 2 == 1).between(2, 8)
    assert list(odd.sifted(lambda found: found[1:])) == [5, 7]
    assert pages(odd.newest_first().shown(str).sifted(lambda found: found[1:]), 1) == [["7"], ["5"]]


def test_nothing_is_one_empty_page() -> None:
    assert Selection([]).page(None, 5) == ([], None)


def test_a_page_of_nothing_is_empty(numbers: Selection[int]) -> None:
    assert numbers.page(None, 0) == ([], None)
    assert numbers.page(3, 0) == ([], 3)


@given(
    items=st.lists(st.integers(0, 30), unique=True).map(sorted),
    size=st.integers(1, 8),
    low=st.integers(-1, 31),
    high=st.integers(-1, 31),
    divisor=st.integers(1, 4),
    descending=st.booleans(),
)
def test_the_pages_of_a_selection_make_up_the_selection(
    items: list[int], size: int, low: int, high: int, divisor: int, descending: bool
) -> None:
    selection = Selection(items, lambda item: item).where(lambda item: item % divisor == 0).between(low, high)
    expected = [item for item in items if item % divisor == 0 and low <= item <= high]
    if descending:
        selection, expected = selection.newest_first(), expected[::-1]
    cut = pages(selection, size)
    assert [item for page in cut for item in page] == expected
    assert all(len(page) == size for page in cut[:-1])
    assert len(selection) == len(selection.settled()) == len(expected)


@given(
    numbers=st.lists(st.integers(0, 60), unique=True, min_size=1, max_size=30),
    size=st.integers(1, 5),
    changes=st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=40),
    descending=st.booleans(),
)
def test_what_is_there_throughout_is_seen_once_whatever_comes_and_goes(
    numbers: list[int], size: int, changes: list[tuple[bool, int]], descending: bool
) -> None:
    shards = Kitchen()[Shard]
    made = {number: shards.add(number=number) for number in numbers}
    seen: list[int] = []
    throughout, after, first = set(numbers), None, True
    while first or after is not None:
        selection = shards.all().newest_first() if descending else shards.all()
        page, after = selection.page(after, size)
        seen += [shard.number for shard in page]
        first = False
        for comes, number in [changes.pop() for _ in range(min(2, len(changes)))]:
            if comes and number not in made:
                made[number] = shards.add(number=number)
            elif not comes and number in made:
                shards.remove(made.pop(number))
                throughout.discard(number)
    assert len(seen) == len(set(seen))
    assert throughout <= set(seen)
    assert seen == sorted(seen, reverse=descending)
