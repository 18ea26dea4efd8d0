"""Every exception of the package.

    TongchouError
    ├── IngestError, RosterError, PolicyError, LexiconError,
    │   DecisionError, TruthError, PlanError      (also ValueError)
    ├── UnknownItemError                          (also LookupError)
    └── Cancelled

A file that cannot be opened is an `OSError` such as `FileNotFoundError`, as everywhere in Python.
"""

from __future__ import annotations

from typing import Any


class TongchouError(Exception):
    """What the engine cannot work with.

    Attributes:
        message: What is wrong.
        source: The argument or file, where one is to blame.
        sheet: The sheet in it.
        row: The row, from 1.
        column: The column's label.
        field: The field of the item, roster or policy.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.sheet = sheet
        self.row = row
        self.column = column
        self.field = field

    def __reduce__(self) -> tuple[Any, ...]:
        place = {name: getattr(self, name) for name in ("source", "sheet", "row", "column", "field")}
        return _again, (type(self), self.message, place)


def _again(kind: type[TongchouError], message: str, place: dict[str, Any]) -> TongchouError:
    return kind(message, **place)


class IngestError(TongchouError, ValueError):
    """An item is not usable: a wrong type, no name, text that is too long, an id used twice."""


class RosterError(TongchouError, ValueError):
    """The roster is not usable."""


class PolicyError(TongchouError, ValueError):
    """A setting is unknown, of a wrong type or out of range."""


class LexiconError(TongchouError, ValueError):
    """Additions to the lexicon are not usable."""


class DecisionError(TongchouError, ValueError):
    """Reviewers' decisions contradict each other or cannot be read."""


class TruthError(TongchouError, ValueError):
    """A truth file has another shape."""


class PlanError(TongchouError, ValueError):
    """A text is no plan."""


class UnknownItemError(TongchouError, LookupError):
    """An id or a unit is not there."""


class Cancelled(TongchouError):
    """The progress callback said to stop."""
