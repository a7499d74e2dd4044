"""The botocore model of the service, as installed, with the corrections that live beside this file.

`model_corrections.json` holds what the model says wrongly: each entry names a shape or an operation, the right value and
why. It is laid over the model when it is read; the model itself is shared with every client and never changed.
"""

from __future__ import annotations

import gzip
import json
import os
from functools import cache
from importlib import resources
from typing import Any

import boto3
from botocore import xform_name
from botocore.loaders import JSONFileLoader, Loader, create_loader
from botocore.model import ServiceModel, Shape, StructureShape

SERVICES = ("connect", "connectparticipant", "connect-contact-lens")
"""The services whose hosts are answered here, by botocore's name."""


class ModelFiles(JSONFileLoader):
    """Reads models into plain dicts, which keep the order as well: twice as fast as into botocore's ordered ones."""

    def load_file(self, file_path: str) -> Any:
        """What is in the file, compressed or not; None where there is none."""
        for ending, opened in ((".json", open), (".json.gz", gzip.open)):
            if os.path.isfile(file_path + ending):
                with opened(file_path + ending, "rb") as file:
                    return json.loads(file.read())
        return None


class SharedLoader(Loader):
    """A botocore loader whose cache all loaders with the same search paths share.

    botocore gives each session a loader of its own, so that each new session reads the 2 MB model of Connect again.
    What a loader returns is never changed by botocore (clients of one session share it too), so sessions can share it.
    """

    FILE_LOADER_CLASS = ModelFiles
    _shared: dict[tuple[str, ...], dict[Any, Any]] = {}

    @property
    def _cache(self) -> dict[Any, Any]:
        return self._shared.setdefault(tuple(self.search_paths), {})

    @_cache.setter
    def _cache(self, ignored: dict[Any, Any]) -> None:
        """botocore's constructor sets an empty one."""


def shared_loader(search_path_string: str | None = None) -> SharedLoader:
    """What botocore's `create_loader` does, with a shared cache."""
    paths = create_loader(search_path_string).search_paths
    return SharedLoader(extra_search_paths=paths, include_default_search_paths=False)


@cache
def load(service: str) -> ServiceModel:
    """The installed model of `service`; `AWS_DATA_PATH` is respected as botocore does."""
    loader = shared_loader(os.environ.get("AWS_DATA_PATH"))
    loader.search_paths.append(os.path.join(os.path.dirname(boto3.__file__), "data"))  # as a boto3 session: one reading
    return ServiceModel(loader.load_service_model(service, "service-2"), service_name=service)


@cache
def corrections() -> dict[str, dict[str, Any]]:
    """The right values by kind (`patterns`, `max_results`, `default_results` ...) and by shape or operation."""
    text = resources.files(__package__).joinpath("model_corrections.json").read_text(encoding="utf-8")
    return {kind: {name: entry["value"] for name, entry in entries.items()} for kind, entries in json.loads(text).items()}


snake = cache(xform_name)
"""A member's name as Python writes it: `ContactFlowId` is `contact_flow_id`."""


def members_of(shape: Shape | None) -> dict[str, Shape]:
    """A structure's members by name; none for no shape at all."""
    return dict(shape.members) if isinstance(shape, StructureShape) else {}


def location(name: str, shape: Shape) -> str:
    """The member's name on the wire."""
    return str(shape.serialization.get("name", name))
