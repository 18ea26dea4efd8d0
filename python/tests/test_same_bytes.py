"""One fixture gives one plan.json, whichever way it goes in."""

from __future__ import annotations

import io
import json
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import POOL

import tongchou


def test_files_give_the_bytes_of_the_command_line(run_cli: Any) -> None:
    out = run_cli(POOL / "items.jsonl", "--units", POOL / "units.csv", "--last-year", POOL / "last_year.jsonl")
    plan = tongchou.consolidate(
        tongchou.read_submissions(POOL / "items.jsonl"),
        units=POOL / "units.csv",
        last_year=POOL / "last_year.jsonl",
    )
    assert plan.to_json().encode() == (out / "plan.json").read_bytes()
    assert plan.to_markdown().encode() == (out / "plan.md").read_bytes()
    assert plan.to_xlsx() == (out / "plan.xlsx").read_bytes()
    assert plan.summary == json.loads((out / "summary.json").read_bytes())


def test_written_files_are_those_of_the_command_line(run_cli: Any, tmp_path: Any) -> None:
    out = run_cli(POOL / "submissions", "--units", POOL / "units.csv")
    plan = tongchou.consolidate(POOL / "submissions", units=POOL / "units.csv")
    names = plan.write(tmp_path / "new" / "plan")
    assert sorted(names) == sorted(path.name for path in out.iterdir())
    for name in names:
        assert (tmp_path / "new" / "plan" / name).read_bytes() == (out / name).read_bytes(), name


def test_a_lexicon_is_recorded_as_the_command_line_does(run_cli: Any, tmp_path: Any) -> None:
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text('[[concept]]\nname = "冰雪运动安全"\naliases = ["雪场安全"]\n', encoding="utf-8")
    arguments = [POOL / "items.jsonl", "--units", POOL / "units.csv", "--lexicon", lexicon]
    expected = (run_cli(*arguments) / "plan.json").read_bytes()
    for units in (POOL / "units.csv", tongchou.UnitGraph(POOL / "units.csv")):
        plan = tongchou.consolidate(POOL / "items.jsonl", units=units, lexicon=lexicon)
        assert plan.to_json().encode() == expected


def _categories(rows: list[dict[str, Any]]) -> pyarrow.Table:
    table = pyarrow.Table.from_pylist(rows)
    at = table.column_names.index("organizer")
    return table.set_column(at, "organizer", table["organizer"].dictionary_encode())


FORMS = {
    "pandas": lambda rows: pandas.DataFrame(rows),
    "pandas, indexed": lambda rows: pandas.DataFrame(rows).set_index("id"),
    "pandas, of mixed types": lambda rows: pandas.DataFrame(rows).assign(
        ratio=lambda frame: [i if r is None else r for i, r in zip(frame.index * float("nan"), frame.ratio)],
        x=lambda frame: [object()] * len(frame),
    ),
    "polars": lambda rows: polars.DataFrame(rows),
    "pyarrow": lambda rows: pyarrow.Table.from_pylist(rows),
    "pyarrow, in batches": lambda rows: pyarrow.Table.from_batches(
        pyarrow.Table.from_pylist(rows).to_batches(max_chunksize=7)
    ),
    "pyarrow, dictionary": _categories,
    "record batch": lambda rows: pyarrow.RecordBatch.from_pylist(rows),
    "reader": lambda rows: pyarrow.Table.from_pylist(rows).to_reader(),
    "generator": lambda rows: (row for row in rows),
    "reversed": lambda rows: rows[::-1],
    "tuples of lists": lambda rows: [{**row, "co_organizers": tuple(row["co_organizers"])} for row in rows],
    "chinese": lambda rows: [
        {"事项ID": row["id"], "事项名称": row["name"], "主办单位": row["organizer"], "检查对象": row["targets"]}
        | {key: row[key] for key in row if key not in ("id", "name", "organizer", "targets")}
        for row in rows
    ],
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_bytes(
    form: str, rows: list[dict[str, Any]], units: tongchou.UnitGraph, plan: tongchou.Plan
) -> None:
    again = tongchou.consolidate(FORMS[form](rows), units=units)
    assert again.to_json() == plan.to_json()


def test_duckdb_gives_the_same_bytes(
    rows: list[dict[str, Any]], units: tongchou.UnitGraph, plan: tongchou.Plan
) -> None:
    table = pyarrow.Table.from_pylist(rows)
    with duckdb.connect() as connection:
        connection.register("items", table)
        relation = connection.sql("select * from items order by id desc")
        assert tongchou.consolidate(relation, units=units).to_json() == plan.to_json()


def test_pandas_needs_no_pyarrow(
    rows: list[dict[str, Any]],
    units: tongchou.UnitGraph,
    plan: tongchou.Plan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise ImportError("pyarrow is not there")

    monkeypatch.setattr(pandas.DataFrame, "__arrow_c_stream__", refuse)
    assert tongchou.consolidate(pandas.DataFrame(rows), units=units).to_json() == plan.to_json()


def test_every_form_of_the_roster_gives_the_same_bytes(
    rows: list[dict[str, Any]], plan: tongchou.Plan
) -> None:
    data = (POOL / "units.csv").read_bytes()
    frame = pandas.read_csv(io.BytesIO(data), dtype=str, encoding="utf-8-sig")
    lists = [
        {**unit, "tags": unit["tags"].split("|") if isinstance(unit["tags"], str) else []}
        for unit in frame.to_dict("records")
    ]
    for units in (data, frame, polars.from_pandas(frame), pyarrow.Table.from_pandas(frame), lists):
        assert tongchou.consolidate(rows, units=units).to_json() == plan.to_json()
    graph = tongchou.UnitGraph(lists)
    assert tongchou.consolidate(rows, units=tongchou.UnitGraph(graph)).to_json() == plan.to_json()


def test_the_plan_of_a_plan_merges_nothing_more(plan: tongchou.Plan, units: tongchou.UnitGraph) -> None:
    again = tongchou.consolidate(plan, units=units, last_year=plan)
    assert again.summary["submitted"] == again.summary["planned"] == plan.summary["planned"]
    assert again.summary["last_year"] == plan.summary["planned"]
    # Its table is a table of items like any other.
    assert tongchou.consolidate(plan.items, units=units).summary["submitted"] == plan.summary["planned"]


def test_pairs_are_explained_as_on_the_command_line(run_cli: Any, cli: Any) -> None:
    import subprocess

    out = run_cli(POOL / "items.jsonl", "--units", POOL / "units.csv")
    plan = tongchou.Plan.from_json((out / "plan.json").read_bytes())
    merged = next(row["members"] for row in plan.items if len(row["members"]) > 1)[:2]
    for a, b in (merged, plan.submitted["id"][:2], plan.submitted["id"][1::-1]):
        told = subprocess.run([cli, "explain", "--out", out, a, b], check=True, capture_output=True).stdout
        assert tongchou.explain(plan, a, b) == told.decode()
