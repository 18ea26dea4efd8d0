"""Bad input raises the documented exception with its place, and nothing else."""

from __future__ import annotations

import datetime
import decimal
import pickle
from collections.abc import Callable
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tongchou

GOOD = {"name": "森林防火检查", "organizer": "县林业局", "targets": "各乡镇"}


@pytest.mark.parametrize(
    ("items", "row", "column", "field"),
    [
        ([GOOD, {"name": None}], 2, "name", "name"),
        ([GOOD, {"name": float("nan")}], 2, "name", "name"),
        ([GOOD, {"name": pandas.NA}], 2, "name", "name"),
        ([GOOD, {"name": "  "}], 2, "name", "name"),
        ([GOOD, {"organizer": "县林业局"}], 2, "name", "name"),
        ([{"organizer": "县林业局"}], 1, None, "name"),
        ([{}], 1, None, "name"),
        ([GOOD, {"事项名称": b"bytes"}], 2, "事项名称", "name"),
        ([{**GOOD, "targets": [["各乡镇"]]}], 1, "targets", "targets"),
        ([{**GOOD, "targets": {"各乡镇"}}], 1, "targets", "targets"),
        ([{**GOOD, "检查对象": {"a": 1}}], 1, "检查对象", "targets"),
        ([{**GOOD, "content": object()}], 1, "content", "content"),
        ([{**GOOD, "content": "\ud800"}], 1, "content", "content"),
        ([{**GOOD, "co_organizers": ["县公安局", "\udfff"]}], 1, "co_organizers", "co_organizers"),
        ([{**GOOD, "content": "字" * 40_000}], 1, "content", "content"),
        ([{**GOOD, "schedule": datetime.datetime.now(datetime.timezone.utc)}], 1, "schedule", "schedule"),
        ([{**GOOD, "id": 7}, {**GOOD, "id": "7"}], 2, None, "id"),
        ([GOOD, "森林防火检查"], 2, None, None),
        ([GOOD, None], 2, None, None),
        (GOOD, None, None, None),
        (7, None, None, None),
        (None, None, None, None),
        (b"bytes", 1, None, None),
        (pandas.DataFrame({"name": ["a检查", 7, None]}), 2, "name", "name"),  # a number names nothing
        (pandas.DataFrame({"name": ["a检查", "b检查", None], "notes": [1, "x", None]}), 3, "name", "name"),
        (pandas.DataFrame({"name": ["a检查", b"x"]}), 2, "name", "name"),
        (polars.DataFrame({"name": ["a检查", None]}), 2, "name", "name"),
        (polars.DataFrame({"name": [b"a", b"b"]}), 1, "name", "name"),
        (polars.DataFrame({"x": ["a"]}), 1, None, "name"),
        (polars.Series("name", ["a"]), None, None, None),
        (polars.LazyFrame({"name": ["a"]}), None, None, None),
        (pyarrow.table({"name": ["检查"], "targets": [[["a"]]]}), None, "targets", "targets"),
        (pyarrow.table({"name": ["检查"], "targets": [{"a": 1}]}), None, "targets", "targets"),
        (pyarrow.table({"name": ["检查"], "content": ["字" * 40_000]}), 1, "content", "content"),
    ],
    ids=lambda value: None if isinstance(value, (int, str, type(None))) else type(value).__name__,
)
def test_the_place_is_named(items: Any, row: int | None, column: str | None, field: str | None) -> None:
    with pytest.raises(tongchou.IngestError) as raised:
        tongchou.consolidate(items)
    error = raised.value
    assert (error.source, error.row, error.column, error.field) == ("items", row, column, field), error
    assert isinstance(error, ValueError) and str(error) == error.message
    again = pickle.loads(pickle.dumps(error))
    assert (again.message, again.row, again.column) == (error.message, row, column)


def test_last_year_is_named_too() -> None:
    with pytest.raises(tongchou.IngestError) as raised:
        tongchou.consolidate([GOOD], last_year=[{"name": 3.5, "内容": b""}])
    assert (raised.value.source, raised.value.row) == ("last_year", 1)


def test_values_become_text() -> None:
    values: dict[str, Any] = {
        "id": 7,
        "ratio": 0.25,
        "notes": True,
        "frequency": decimal.Decimal("2.50"),
        "schedule": datetime.date(2026, 4, 1),
        "method": numpy.int64(3),
        "content": numpy.array(["台账", "现场"]),
        "kind": pandas.NA,
        "basis": pandas.NaT,
        "jurisdiction": float("nan"),
    }
    (row,) = tongchou.consolidate([{**GOOD, **values}]).submitted
    assert {key: row[key] for key in values} == {
        "id": "7",
        "ratio": "0.25",
        "notes": "是",
        "frequency": "2.50",
        "schedule": "2026-04-01",
        "method": "3",
        "content": "台账；现场",
        "kind": None,
        "basis": None,
        "jurisdiction": None,
    }
    table = {
        "id": pyarrow.array([7], pyarrow.int8()),
        "ratio": [0.25],
        "notes": [True],
        "frequency": [decimal.Decimal("2.50")],
        "schedule": [datetime.date(2026, 4, 1)],
        "method": pyarrow.array([3], pyarrow.uint64()),
        "content": [["台账", "现场"]],
        "kind": pyarrow.nulls(1),
    }
    (other,) = tongchou.consolidate(pyarrow.table({**{k: [v] for k, v in GOOD.items()}, **table})).submitted
    assert other == row
    moment = datetime.datetime(2026, 4, 1, 9, 30)
    for unit in ("s", "ms", "us", "ns"):
        column = pyarrow.array([moment], pyarrow.timestamp(unit))
        (row,) = tongchou.consolidate(pyarrow.table({"name": ["检查一"], "schedule": column})).submitted
        assert row["schedule"] == "2026-04-01 09:30:00"
    (row,) = tongchou.consolidate([{"name": "检查一", "schedule": pandas.Timestamp(moment)}]).submitted
    assert row["schedule"] == "2026-04-01 09:30:00"


def test_rows_without_an_id_are_called_by_their_number() -> None:
    plan = tongchou.consolidate([GOOD, GOOD, {**GOOD, "id": "A"}])
    assert plan.submitted["id"] == ["#1", "#2", "A"]
    assert len(tongchou.consolidate([]).items) == 0
    assert len(tongchou.consolidate(polars.DataFrame({"name": []}, schema={"name": polars.String})).items) == 0


@pytest.mark.parametrize(
    ("error", "field", "call"),
    [
        (tongchou.PolicyError, "merge_threshold", lambda: tongchou.Policy(merge_threshold=1e9)),
        (tongchou.PolicyError, "merge_threshold", lambda: tongchou.Policy(merge_threshold="high")),  # type: ignore[arg-type]
        (tongchou.PolicyError, "merge_treshold", lambda: tongchou.Policy(merge_treshold=1.0)),  # type: ignore[call-arg]
        (tongchou.PolicyError, "weights.matter.x", lambda: tongchou.Policy(weights={"matter": {"x": 1.0}})),
        (tongchou.PolicyError, "policy", lambda: tongchou.Policy.from_toml("=")),
        (tongchou.PolicyError, "settings", lambda: tongchou.Policy(merge_threshold=float("nan"))),
        (tongchou.LexiconError, None, lambda: tongchou.Lexicon.from_toml("=")),
        (tongchou.RosterError, None, lambda: tongchou.UnitGraph([{"id": "A"}])),
        (tongchou.RosterError, "kind", lambda: tongchou.UnitGraph([{"name": "甲", "kind": b""}])),
        (tongchou.RosterError, None, lambda: tongchou.UnitGraph(b"a,b\n1,2\n")),
        (tongchou.DecisionError, None, lambda: tongchou.consolidate([GOOD], decisions=[{"a": "#1"}])),
        (tongchou.DecisionError, None, lambda: tongchou.consolidate([GOOD], decisions=b"{")),
        (tongchou.DecisionError, None, lambda: tongchou.consolidate([GOOD], decisions=[{1, 2}])),  # type: ignore[list-item]
        (tongchou.TruthError, None, lambda: tongchou.evaluate(tongchou.consolidate([GOOD]), {"groups": [1]})),
        (tongchou.PlanError, None, lambda: tongchou.Plan.from_json(b"\xff")),
        (tongchou.UnknownItemError, None, lambda: tongchou.explain(tongchou.consolidate([GOOD]), "#1", "#2")),
    ],
)
def test_every_input_has_its_exception(
    error: type[tongchou.TongchouError], field: str | None, call: Callable[[], object]
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert type(raised.value) is error and raised.value.field == field


def test_decisions_that_contradict() -> None:
    decisions = [
        {"a": "#1", "b": "#2", "decision": "merge"},
        {"a": "#1", "b": "#2", "decision": "separate"},
    ]
    with pytest.raises(tongchou.DecisionError, match="#1"):
        tongchou.consolidate([GOOD, GOOD], decisions=decisions)


def test_files_that_are_not_there(tmp_path: Any) -> None:
    missing = tmp_path / "没有.csv"
    for call in (
        lambda: tongchou.read_submissions(missing),
        lambda: tongchou.consolidate(missing),
        lambda: tongchou.consolidate([GOOD], units=missing),
        lambda: tongchou.consolidate([GOOD], decisions=missing),
        lambda: tongchou.consolidate([GOOD], lexicon=missing),
        lambda: tongchou.evaluate(tongchou.consolidate([GOOD]), missing),
    ):
        with pytest.raises(FileNotFoundError) as raised:
            call()
        assert raised.value.filename == str(missing)
    with pytest.raises(TypeError):
        tongchou.read_submissions(7)  # type: ignore[arg-type]


def test_what_an_iterator_raises_comes_through() -> None:
    def rows() -> Any:
        yield GOOD
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        tongchou.consolidate(rows())


LABELS = st.sampled_from(
    "id name kind jurisdiction organizer co_organizers targets schedule frequency basis content method ratio notes "
    "事项名称 检查对象 配合单位 开始时间 结束时间 抽查数量 序号 备注 x parent".split()
)
TEXTS = st.text(max_size=40) | st.text(st.characters(categories=["Cs", "Lo", "Cc", "Zs"]), max_size=6)
SCALARS = (
    TEXTS
    | st.sampled_from(["森林防火检查", "2026年4月", "各乡镇", "每季度1次", "/", "字" * 33_000])
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.binary(max_size=4)
    | st.dates()
    | st.datetimes()
    | st.decimals()
    | st.just(pandas.NA)
)
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(TEXTS, SCALARS, max_size=2)
ROWS = st.dictionaries(LABELS, VALUES, max_size=6) | st.dictionaries(LABELS, TEXTS, min_size=1, max_size=6)
POOLS = st.lists(ROWS.map(lambda row: {"name": "森林防火检查", **row}) | ROWS | SCALARS, max_size=5)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(POOLS)
def test_whatever_comes_in_is_a_plan_or_a_documented_exception(items: list[Any]) -> None:
    try:
        plan = tongchou.consolidate(items)
    except tongchou.IngestError as error:
        assert error.source == "items"
        assert error.row is not None and 1 <= error.row <= len(items)
        assert str(error)
    else:
        assert plan.summary["submitted"] == len(items)
        assert sorted(sum(plan.items["members"], [])) == sorted(plan.submitted["id"])
        plan._repr_html_()
        plan.to_markdown()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries({"name": st.text(max_size=9), "内容": st.text(max_size=9)}), max_size=5))
def test_dicts_polars_and_pandas_agree_on_anything(rows: list[dict[str, str]]) -> None:
    schema = {"name": polars.String, "内容": polars.String}
    forms = [
        rows,
        polars.DataFrame(rows, schema=schema),
        pandas.DataFrame(rows, columns=["name", "内容"], dtype="object"),
    ]

    def outcome(form: Any) -> Any:
        try:
            return tongchou.consolidate(form).to_json()
        except tongchou.IngestError as error:
            return error.message, error.row, error.column, error.field

    outcomes = [outcome(form) for form in forms]
    assert outcomes[0] == outcomes[1] == outcomes[2]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("id name parent tags aliases kind 名称".split()), VALUES), max_size=5))
def test_a_roster_of_anything(rows: list[dict[str, Any]]) -> None:
    try:
        units = tongchou.UnitGraph(rows)
    except tongchou.RosterError as error:
        assert error.source == "units"
    else:
        assert len(units) <= len(rows)
        tongchou.consolidate([GOOD], units=units)
