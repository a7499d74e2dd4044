"""The action types, in AWS's own chapters of the flow language; the one on contacts is in four modules.

Importing the package fills `registry.ACTIONS`.
"""

from connect_mock.flow.actions import (
    campaign,
    cases,
    contact,
    contact_media,
    contact_transfers,
    flow_control,
    interactions,
    other,
    participant,
)
from connect_mock.flow.actions.registry import ACTIONS, Action, Unusable, action

__all__ = [
    "ACTIONS",
    "Action",
    "Unusable",
    "action",
    "campaign",
    "cases",
    "contact",
    "contact_media",
    "contact_transfers",
    "flow_control",
    "interactions",
    "other",
    "participant",
]
