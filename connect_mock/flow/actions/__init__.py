"""The action types, in AWS's own chapters of the flow language. Importing the package fills `registry.ACTIONS`."""

from connect_mock.flow.actions import campaign, contact, flow_control, interactions, other, participant
from connect_mock.flow.actions.registry import ACTIONS, Action, Unusable, action

__all__ = [
    "ACTIONS",
    "Action",
    "Unusable",
    "action",
    "campaign",
    "contact",
    "flow_control",
    "interactions",
    "other",
    "participant",
]
