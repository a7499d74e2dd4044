"""What an action leaves behind, and what can happen while one waits.

The engine alone turns an outcome into a transition of the flow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

NO_MATCHING_ERROR = "NoMatchingError"
NO_MATCHING_CONDITION = "NoMatchingCondition"

MISTYPED_KEYS = "keys are digits, * and #, got {!r}"


@dataclass(frozen=True)
class Next:
    """The action succeeded and has no result: go to NextAction."""


@dataclass(frozen=True)
class Result:
    """The action found a value: its conditions decide. None is the missing value, of which no condition is true."""

    value: Any


@dataclass(frozen=True)
class Failed:
    """The action raised an error type of the flow language; `why` is for people."""

    error_type: str = NO_MATCHING_ERROR
    why: str = ""


@dataclass(frozen=True)
class Waiting:
    """Nothing goes on until something happens."""

    seconds: float | None
    """After which the time is up; None waits for as long as it takes."""
    awaiting: tuple[str, ...] = ()
    """Names of the events that end it before: `Keys`, `Utterance`, `ViewAnswer`, or the name of an Occurred."""
    progress: Any = None
    """What the action wants back when it resumes: the keys so far, for example."""


End = Literal["DISCONNECTED", "ENDED", "QUEUED", "AGENT", "THIRD_PARTY", "STOPPED", "ENDLESS"]


@dataclass(frozen=True)
class Ended:
    """The flow is over. What becomes of the contact is for whoever runs the flow."""

    how: End
    """DISCONNECTED: the participant was disconnected. ENDED: EndFlowExecution. QUEUED: the contact went to a queue.
    AGENT: it goes to the agent of the transfer. THIRD_PARTY: it was handed to a phone number. STOPPED: an action failed
    and had no branch for it, or a branch that leads nowhere. ENDLESS: too many actions without a wait."""
    why: str = ""


@dataclass(frozen=True)
class Source:
    """A flow or module that the host has loaded."""

    id: str
    arn: str
    name: str
    type: str
    """CONTACT_FLOW and so on, or MODULE."""
    content: str = field(repr=False)


@dataclass(frozen=True)
class Enter:
    """Leave this flow for the beginning of another one."""

    flow: Source


@dataclass(frozen=True)
class Call:
    """Run a module, and come back with its result."""

    module: Source
    input: Mapping[str, Any]


@dataclass(frozen=True)
class Return:
    """Go back to the flow or module that called."""

    result: str | None = None
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class GoTo:
    """Go on with another action of this flow, outside its transitions."""

    identifier: str


Outcome = Next | Result | Failed | Waiting | Ended | Enter | Call | Return | GoTo


# --- events


@dataclass(frozen=True)
class Keys:
    """Keys pressed on the telephone, in order."""

    digits: str

    def __post_init__(self) -> None:
        if not self.digits or not set(self.digits) <= set("0123456789*#"):
            raise ValueError(MISTYPED_KEYS.format(self.digits))

    @property
    def name(self) -> str:
        """How Waiting.awaiting names it."""
        return "Keys"


@dataclass(frozen=True)
class Utterance:
    """Something said, or written in a chat."""

    text: str

    @property
    def name(self) -> str:
        """How Waiting.awaiting names it."""
        return "Utterance"


@dataclass(frozen=True)
class ViewAnswer:
    """A choice made in a view: the name of its action, and the data of its form."""

    action: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How Waiting.awaiting names it."""
        return "ViewAnswer"


@dataclass(frozen=True)
class Occurred:
    """Anything else that an action waits for, by name: `CustomerReturned`, `ThirdPartyDisconnected` ..."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """What the action waits for failed; it takes that error branch."""

    error_type: str = NO_MATCHING_ERROR
    why: str = ""


@dataclass(frozen=True)
class TimeUp:
    """The time that the action waits for has passed."""

    name: str = "TimeUp"


Event = Keys | Utterance | ViewAnswer | Occurred | TimeUp
"""What an action resumes with."""
