"""Consolidation on a Spark cluster: `pip install tongchou[spark]`.

The plan is the same, to the byte, as that of `tongchou.consolidate` on one machine. The work of reading,
counting, comparing and planning is done by the executors; the driver holds counts, pairs of ids, and in the
end the plan. Executors need the package too.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ._tongchou import Lexicon, Plan, Policy, UnitGraph, Worker
from .exceptions import IngestError, TongchouError

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["consolidate"]

# Where a part of the pool is planned in one go, it has about this many items.
_PART = 2_000


def consolidate(
    df: DataFrame,
    *,
    units: UnitGraph | Any,
    by: str = "jurisdiction",
    policy: Policy | None = None,
    decisions: Any = None,
    last_year: DataFrame | Any = None,
    lexicon: Lexicon | Any = None,
) -> Plan:
    """Consolidate the items of a Spark data frame.

    Arguments:
        df: One row an item, with the columns that `tongchou.consolidate` understands. Rows of a cluster have
            no order, so each needs an `id` (唯一标识) of its own.
        units: The roster: a `UnitGraph`, or what one is made from.
        by: The column of the planning authority: the name or id of a unit. Items of authorities that lie in
            each other may meet (a province's with its counties'), others never do. Null means the root.
        policy: The settings; the shipped ones by default. `target_reduction` must not be set: it is reached by
            the whole pool or not at all.
        decisions: Reviewers' decisions, in any form that `tongchou.consolidate` takes.
        last_year: Last year's items: a Spark data frame like `df`, or any form that `tongchou.consolidate` takes.
        lexicon: Additions to the lexicon: a `Lexicon` or the path of one.

    Returns:
        The plan, on the driver. `spark.createDataFrame(plan.items.to_pyarrow())` makes a data frame of any of
        its tables.

    Raises:
        IngestError: An item is not usable: no id, an id used twice, no name, a value that is no text. `.source`
            (items or last_year), `.field` and `.column` name the place; there are no row numbers.
        RosterError, PolicyError, DecisionError, LexiconError: That input is not usable.
        ImportError: PySpark 4 is not installed.

    Examples:
        >>> import pyarrow, tongchou.spark
        >>> items = spark.createDataFrame(pyarrow.table(tongchou.read_submissions("fixtures/pool-north/items.jsonl")))
        >>> plan = tongchou.spark.consolidate(items, units="fixtures/pool-north/units.csv")
        >>> plan.summary["submitted"]
        220
    """
    from pyspark.sql import functions as f

    worker = Worker(units=units, policy=policy, decisions=decisions, lexicon=lexicon)
    context = df.sparkSession.sparkContext
    read = _items(df, worker, by, "items").persist()
    before = None if last_year is None else _last_year(df, worker, by, last_year).persist()
    try:
        _check(read, "items")
        items = read
        if decisions is not None:
            worker = worker.with_named(_named(items, worker))
            items = _without(items, worker.withdrawn)
        votes = items.select(f.explode("years").alias("year")).groupBy("year").count().collect()
        worker = worker.with_votes([(row["year"], row["count"]) for row in votes])
        if before is None:
            worker = worker.with_counts(_counts(items, worker, Worker.count))
        else:
            _check(before, "last_year")
            counts = _counts(items, worker, Worker.count), _counts(before, worker, Worker.count_last_year)
            worker = worker.with_counts(*counts)
        knowing = context.broadcast(worker)
        successions = None if before is None else _successions(items, before, knowing)
        pairs = _meetings(items, knowing)
        return worker.join(_parts(items, worker, knowing, pairs), successions)
    finally:
        read.unpersist()
        if before is not None:
            before.unpersist()


def _items(df: DataFrame, worker: Worker, by: str, source: str) -> DataFrame:
    """The rows of a data frame in the form in which items travel."""
    named = df if by == "jurisdiction" else df.drop("jurisdiction").withColumnRenamed(by, "jurisdiction")
    if "jurisdiction" not in named.columns:
        raise IngestError(f"{source}: no column `{by}`", source=source, column=by, field="jurisdiction")
    reader = df.sparkSession.sparkContext.broadcast(worker)

    def read(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            yield from _read(reader.value, batch, source)

    schema = "id string, first long, last long, item string, years array<int>, failure binary"
    return named.mapInArrow(read, schema)


def _last_year(df: DataFrame, worker: Worker, by: str, last_year: Any) -> DataFrame:
    """Last year's items in the form in which items travel."""
    from pyspark.sql import DataFrame
    from pyspark.sql import functions as f

    if isinstance(last_year, DataFrame):
        return _items(last_year, worker, by, "last_year")
    rows = [(row["id"], row["first"], row["last"], row["item"]) for row in worker.read_last_year(last_year)]
    read = df.sparkSession.createDataFrame(rows, "id string, first long, last long, item string")
    return read.withColumn("failure", f.lit(None).cast("binary"))


def _named(items: DataFrame, worker: Worker) -> list[str]:
    """The items that decisions may speak of."""
    import pyarrow

    shared = items.sparkSession.sparkContext.broadcast(worker)

    def named(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            texts = shared.value.named(batch.column(0).to_pylist())
            yield pyarrow.record_batch({"item": pyarrow.array(texts, pyarrow.string())})

    return [row["item"] for row in items.select("item").mapInArrow(named, "item string").collect()]


def _without(items: DataFrame, withdrawn: list[str]) -> DataFrame:
    """The items that take part."""
    from pyspark.sql import functions as f

    if not withdrawn:
        return items
    out = items.sparkSession.createDataFrame([(id,) for id in withdrawn], "id string")
    return items.join(f.broadcast(out), "id", "left_anti")


def _read(worker: Worker, batch: pyarrow.RecordBatch, source: str) -> Iterator[pyarrow.RecordBatch]:
    """A batch in the form in which items travel, or its failure: raised by an executor it would lose its type."""
    import pyarrow

    try:
        table = pyarrow.table(worker.read(batch, source))
    except TongchouError as error:
        error.row = None  # of a batch, which means nothing to the caller
        failure = pickle.dumps(error)
        table = pyarrow.table({"id": [None], "first": [None], "last": [None], "item": [None], "years": [None]})
        table = table.append_column("failure", pyarrow.array([failure], pyarrow.binary()))
    else:
        table = table.append_column("failure", pyarrow.nulls(len(table), pyarrow.binary()))
    shape = [("id", pyarrow.string()), ("first", pyarrow.int64()), ("last", pyarrow.int64()), ("item", pyarrow.string())]
    shape += [("years", pyarrow.list_(pyarrow.int32())), ("failure", pyarrow.binary())]
    yield from table.cast(pyarrow.schema(shape)).to_batches()


def _check(items: DataFrame, source: str) -> None:
    """Raises what the executors found, and ids that are used twice."""
    from pyspark.sql import functions as f

    for row in items.where("failure is not null").select("failure").take(1):
        raise pickle.loads(row["failure"])
    for row in items.groupBy("id").count().where(f.col("count") > 1).orderBy("id").take(1):
        raise IngestError(f"{source}: id `{row['id']}` is used {row['count']} times", source=source, field="id")


def _counts(items: DataFrame, worker: Worker, how: Callable[[Worker, list[str]], bytes]) -> list[bytes]:
    """How common every term is among the items of each partition."""
    import pyarrow

    shared = items.sparkSession.sparkContext.broadcast(worker)

    def count(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        texts = [text for batch in batches for text in batch.column(0).to_pylist()]
        counts = zlib.compress(how(shared.value, texts), 1)
        yield pyarrow.record_batch({"counts": pyarrow.array([counts], pyarrow.binary())})

    counts = items.select("item").mapInArrow(count, "counts binary").collect()
    return [zlib.decompress(row["counts"]) for row in counts]


def _groups(ranges: list[tuple[int, int]]) -> list[tuple[int, int, int, bool]]:
    """Every authority's group: its own items, and those of every authority above it.

    Arguments:
        ranges: The units of each authority, `first` to `last`; two are nested or disjoint.

    Returns:
        Rows `first`, `last`, `group`, `own`: the items of the range belong to the group, as its own or not.
    """
    rows: list[tuple[int, int, int, bool]] = []
    above: list[tuple[int, int]] = []
    for group, (first, last) in enumerate(sorted(ranges, key=lambda range: (range[0], -range[1]))):
        while above and above[-1][1] <= first:
            above.pop()
        rows += [(*range, group, False) for range in above]
        rows.append((first, last, group, True))
        above.append((first, last))
    return rows


def _meetings(items: DataFrame, shared: Any) -> pyarrow.Table:
    """The pairs that the plan may depend on: each is found in the group of the lower of its authorities."""
    import pyarrow

    def compare(table: pyarrow.Table) -> pyarrow.Table:
        texts, own = table["item"].to_pylist(), table["own"].to_pylist()
        return pyarrow.table(shared.value.meetings(texts, own))

    members = _grouped(items.select("first", "last", "item"))
    return members.groupBy("group").applyInArrow(compare, "a string, b string").toArrow()


def _successions(items: DataFrame, before: DataFrame, shared: Any) -> list[bytes]:
    """What the items of every authority's group may go on with."""
    import pyarrow
    import pyarrow.compute
    from pyspark.sql import functions as f

    def compare(table: pyarrow.Table) -> pyarrow.Table:
        now, last = [
            (part["item"].to_pylist(), part["own"].to_pylist())
            for part in (table.filter(pyarrow.compute.equal(table["last_year"], old)) for old in (False, True))
        ]
        found = zlib.compress(shared.value.successions(*now, *last), 1)
        return pyarrow.table({"found": pyarrow.array([found], pyarrow.binary())})

    years = [frame.select("first", "last", "item") for frame in (items, before)]
    both = years[0].withColumn("last_year", f.lit(False)).union(years[1].withColumn("last_year", f.lit(True)))
    found = _grouped(both).groupBy("group").applyInArrow(compare, "found binary").collect()
    return [zlib.decompress(row["found"]) for row in found]


def _grouped(items: DataFrame) -> DataFrame:
    """The items with every `group` that they belong to, and whether as its `own`."""
    from pyspark.sql import functions as f

    ranges = [(row["first"], row["last"]) for row in items.select("first", "last").distinct().collect()]
    groups = items.sparkSession.createDataFrame(_groups(ranges), "first long, last long, group int, own boolean")
    return items.join(f.broadcast(groups), ["first", "last"]).drop("first", "last")


def _parts(items: DataFrame, worker: Worker, shared: Any, pairs: pyarrow.Table) -> list[bytes]:
    """The plans of parts of the pool that no pair leaves."""
    import pyarrow
    from pyspark.sql import functions as f

    def plan(table: pyarrow.Table) -> pyarrow.Table:
        part = zlib.compress(shared.value.part(table["item"].to_pylist()), 1)
        return pyarrow.table({"plan": pyarrow.array([part], pyarrow.binary())})

    count = items.count()
    cut = pyarrow.table(worker.parts(pairs["a"].to_pylist(), pairs["b"].to_pylist(), _PART))
    cut = cut.cast(pyarrow.schema([("id", pyarrow.string()), ("part", pyarrow.int64())]))
    # Items that meet none may stand anywhere.
    alone = -1 - f.pmod(f.hash("id"), f.lit(-(-count // _PART) or 1))
    parts = items.select("id", "item").join(items.sparkSession.createDataFrame(cut), "id", "left")
    parts = parts.select("item", f.coalesce("part", alone).alias("part"))
    plans = parts.groupBy("part").applyInArrow(plan, "plan binary").collect()
    return [zlib.decompress(row["plan"]) for row in plans]
