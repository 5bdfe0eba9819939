"""How far the walk of a post type has come."""

from enum import Enum, auto


class Stage(Enum):
    """What the documents that a walk waits for are for."""

    TRACING = auto()
    TRACED = auto()
    WALKING = auto()
    COUNTING = auto()
    HEAD = auto()
    SWEEPING = auto()
    PAGING = auto()
    MENDING = auto()
    RECOUNTING = auto()
    VANISHED = auto()
    CLOSED = auto()
