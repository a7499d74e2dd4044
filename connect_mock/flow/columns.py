"""Places for boxes of which nobody says where they stand: in columns, each box to the right of what leads to it.

A line that passes columns has a lane of its own in each of them, which it shares with the other lines to the same box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WIDTH, HEAD, ROW = 224, 48, 20
"""Pixels: of a box, of the part with its name, and of one transition below it."""
GAP_X, GAP_Y = 88, 32
"""Pixels between columns, and between the boxes of one."""
LANE = 14
"""Pixels that a lane keeps free above and below."""

Place = tuple[float, float]
Lanes = Mapping[tuple[int, int], Place]
"""By the column and the box that the lines lead to, where the lane begins; it is as long as a box is wide."""


def height_of(rows: int) -> float:
    """Of a box, in pixels."""
    return HEAD + rows * ROW + (6 if rows else 0)


def column_x(column: int) -> float:
    """Where a column begins."""
    return column * (WIDTH + GAP_X)


def in_columns(start: int | None, ends: Sequence[Sequence[int]]) -> tuple[list[Place], Lanes]:
    """The place of each box and the lanes, by the boxes that each box leads to, row by row."""
    depths = _depths(start, ends)
    wishes: dict[int, dict[int, list[float]]] = {}
    heights: dict[tuple[int, int], float] = {}
    for column in range(max(depths, default=-1) + 1):
        here = {box: [0.0] for box, depth in enumerate(depths) if depth == column} | wishes.get(column, {})
        ahead = wishes.setdefault(column + 1, {})
        for box, y in _stacked(here, {box: len(ends[box]) for box in here if depths[box] == column}):
            heights[column, box] = y
            for row, end in enumerate(ends[box] if depths[box] == column else [box]):
                if depths[end] > column:
                    ahead.setdefault(end, []).append(y + row * ROW)
    top = min(heights.values(), default=0)
    places = [(column_x(depth), heights[depth, box] - top) for box, depth in enumerate(depths)]
    lanes = {key: (column_x(key[0]), y - top + HEAD / 2) for key, y in heights.items() if depths[key[1]] != key[0]}
    return places, lanes


def _stacked(wishes: Mapping[int, Sequence[float]], rows: Mapping[int, int]) -> list[tuple[int, float]]:
    """The boxes and lanes of a column from top to bottom, as near as they can be to where lines come from. What is in `rows`
    is a box.
    """
    wished = {each: sum(heights) / len(heights) for each, heights in wishes.items()}
    placed, bottom = [], float("-inf")
    for each in sorted(wished, key=lambda each: wished[each]):
        above, height, gap = (0.0, height_of(rows[each]), GAP_Y) if each in rows else (HEAD / 2, HEAD / 2, LANE)
        y = max(wished[each], bottom - above + (gap if above else 0))
        placed.append((each, y))
        bottom = y + height + gap
    return placed


def _depths(start: int | None, ends: Sequence[Sequence[int]]) -> list[int]:
    """The column of each box: after all that lead to it but for loops; what cannot be reached comes last."""
    order = _in_order(start, ends) if start is not None else []
    passed: set[int] = set()
    depth = dict.fromkeys(order, 0)
    for index in order:
        passed.add(index)
        for end in ends[index]:
            if end not in passed:
                depth[end] = max(depth[end], depth[index] + 1)
    last = max(depth.values(), default=-1) + 1
    return [depth.get(index, last) for index in range(len(ends))]


def _in_order(start: int, ends: Sequence[Sequence[int]]) -> list[int]:
    """What can be reached, each before what it leads to; only transitions that close a loop lead back."""
    seen, finished = {start}, []
    ahead = [(start, iter(ends[start]))]
    while ahead:
        index, rest = ahead[-1]
        following = next((end for end in rest if end not in seen), None)
        if following is None:
            finished.append(index)
            ahead.pop()
        else:
            seen.add(following)
            ahead.append((following, iter(ends[following])))
    return finished[::-1]
