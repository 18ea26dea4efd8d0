"""Consolidates departments' proposed inspection items into one explained, leaner plan.

>>> import tongchou
>>> plan = tongchou.consolidate("fixtures/pool-north/items.jsonl", units="fixtures/pool-north/units.csv")
>>> plan.summary["planned"] < plan.summary["submitted"]
True

`consolidate` takes a list of dicts, any table that speaks Arrow (pandas, polars, pyarrow, DuckDB …),
or files as departments sent them (`read_submissions`), and gives a `Plan`. `frontier` says how far one
could go; `explain`, `evaluate` and `resolve` say why, how well, and whom; `estimate` fits the match weights to a pool; a `LivePool` stays
consolidated while items come and go. Every error is a `TongchouError` with its place, or an
`OSError` for a file that cannot be opened.

The same input gives the same plan, to the byte, as the Rust library and the command line.
"""

from ._tongchou import (
    Estimate,
    Frontier,
    Lexicon,
    LivePool,
    Plan,
    Policy,
    Resolution,
    Submissions,
    Table,
    UnitGraph,
    __version__,
    consolidate,
    estimate,
    evaluate,
    explain,
    frontier,
    read_submissions,
    resolve,
)
from .exceptions import (
    Cancelled,
    DecisionError,
    IngestError,
    LexiconError,
    PlanError,
    PolicyError,
    RosterError,
    TongchouError,
    TruthError,
    UnknownItemError,
)

__all__ = [
    "Cancelled",
    "DecisionError",
    "Estimate",
    "Frontier",
    "IngestError",
    "Lexicon",
    "LexiconError",
    "LivePool",
    "Plan",
    "PlanError",
    "Policy",
    "PolicyError",
    "Resolution",
    "RosterError",
    "Submissions",
    "Table",
    "TongchouError",
    "TruthError",
    "UnitGraph",
    "UnknownItemError",
    "__version__",
    "consolidate",
    "estimate",
    "evaluate",
    "explain",
    "frontier",
    "read_submissions",
    "resolve",
]
