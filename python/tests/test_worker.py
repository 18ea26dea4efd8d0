"""What a cluster does, without one: `tests_spark` has the real thing."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pyarrow
import pytest

import tongchou
from tongchou._tongchou import Worker


def _again(worker: Worker) -> Worker:
    """As another process has it."""
    return pickle.loads(pickle.dumps(worker))


def test_parts_make_the_plan(
    rows: list[dict[str, Any]], units: tongchou.UnitGraph, plan: tongchou.Plan
) -> None:
    worker = _again(Worker(units=units))
    batches = pyarrow.Table.from_pylist(rows).to_batches(max_chunksize=60)
    read = [row for batch in batches for row in worker.read(batch)]
    assert {row["id"] for row in read} == {row["id"] for row in rows}
    worker = _again(worker.with_votes([(year, 1) for row in read for year in row["years"]]))
    texts = [row["item"] for row in read]
    worker = _again(worker.with_counts([worker.count(texts[:90]), worker.count(texts[90:])]))
    pairs = worker.meetings(texts, [True] * len(texts))
    assert len(worker.meetings(texts, [False] * len(texts))) == 0
    part_of = {row["id"]: row["part"] for row in worker.parts(pairs["a"], pairs["b"], 30)}
    assert all(part_of[a] == part_of[b] for a, b in zip(pairs["a"], pairs["b"]))
    parts: dict[int, list[str]] = {}
    for row in read:
        parts.setdefault(part_of.get(row["id"], -1), []).append(row["item"])
    assert len(parts) > 2
    joined = worker.join([worker.part(part) for part in reversed(parts.values())])
    assert joined.to_json() == plan.to_json()


def test_parts_are_filled_with_whole_components(units: tongchou.UnitGraph) -> None:
    table = Worker(units=units).parts(["a", "c", "e", "b"], ["b", "d", "f", "g"], 3)
    parts = [{row["id"] for row in table if row["part"] == part} for part in range(3)]
    assert parts == [{"a", "b", "g"}, {"c", "d", "e", "f"}, set()]


def test_what_reviewers_put_together_is_not_cut(units: tongchou.UnitGraph) -> None:
    decisions = [{"a": "A", "b": "B", "decision": "merge"}, {"item": "C", "decision": "withdraw"}]
    worker = Worker(units=units, decisions=decisions)
    texts = [json.dumps({"id": name, "name": "甲"}) for name in "ABCD"]
    named = _again(worker).named(texts)
    assert named == texts[:3]
    worker = worker.with_named(named)
    assert worker.withdrawn == ["C"]
    assert [row["part"] for row in _again(worker).parts(["A"], ["D"], 1)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("row", "field"),
    [({"id": "A"}, "name"), ({"name": "甲"}, "id"), ({"id": "A", "name": None}, "name"), ({"id": "A", "name": {}}, "name")],
)
def test_bad_items_are_named(units: tongchou.UnitGraph, row: dict[str, Any], field: str) -> None:
    with pytest.raises(tongchou.IngestError) as raised:
        Worker(units=units).read([{"id": "B", "name": "乙"}, row])
    assert raised.value.field == field


def test_damaged_parts_are_refused(units: tongchou.UnitGraph) -> None:
    for work in (lambda w: w.join([b"{}"]), lambda w: w.part(["{"]), lambda w: w.with_counts([b"1"])):
        with pytest.raises(tongchou.TongchouError):
            work(Worker(units=units))
    text = json.dumps({"id": "A", "name": "甲"})
    worker = Worker(units=units)
    with pytest.raises(tongchou.IngestError):
        worker.join([worker.part([text]), worker.part([text])])
