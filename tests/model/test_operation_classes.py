"""All operations are methods of one backend: what a module keeps to itself must not meet what another one does."""

from __future__ import annotations

import inspect
from collections import Counter

from connect_mock.backend import ConnectBackend
from connect_mock.operations import Operations


def test_no_two_operation_classes_define_the_same_name() -> None:
    classes = [
        each for each in ConnectBackend.__mro__ if issubclass(each, Operations) and each not in (ConnectBackend, Operations)
    ]
    names = Counter(name for each in classes for name, value in vars(each).items() if inspect.isfunction(value))
    shared = [name for name, count in names.items() if count > 1]
    assert shared == [], [each.__name__ for each in classes if set(shared) & vars(each).keys()]
