"""A cluster gives the plan that one machine gives."""

from __future__ import annotations

import doctest
import os
import time
from typing import Any

import pyarrow
import pytest
from pyspark.sql import SparkSession

import tongchou
import tongchou.spark


@pytest.fixture(scope="module")
def alone(rows: list[dict[str, Any]], units: tongchou.UnitGraph) -> tongchou.Plan:
    return tongchou.consolidate(rows, units=units)


def test_executors_are_processes_of_their_own(spark: SparkSession) -> None:
    def parent(_: int) -> int:
        time.sleep(0.2)
        return os.getppid()

    parents = set(spark.sparkContext.parallelize(range(12), 12).map(parent).collect())
    assert len(parents) == 2 and os.getpid() not in parents


def test_the_plan_is_that_of_one_machine(
    spark: SparkSession,
    rows: list[dict[str, Any]],
    table: pyarrow.Table,
    units: tongchou.UnitGraph,
    alone: tongchou.Plan,
) -> None:
    df = spark.createDataFrame(table).repartition(5, "name")
    begun = time.perf_counter()
    plan = tongchou.spark.consolidate(df, units=units)
    print(f"\n{len(rows)} items: {plan!r}, {time.perf_counter() - begun:.1f} s")

    one = {row["item_id"]: row for row in alone.dispositions}
    many = {row["item_id"]: row for row in plan.dispositions}
    assert one.keys() == many.keys() == {row["id"] for row in rows}
    for item, row in one.items():
        assert many[item] == row
    assert list(plan.items) == list(alone.items)
    assert plan.to_json() == alone.to_json()


def test_items_of_several_authorities_met(rows: list[dict[str, Any]], alone: tongchou.Plan) -> None:
    """Without such groups the comparison of plans would show little."""
    authority = {row["id"]: row["jurisdiction"] for row in rows}
    groups = [{authority[member] for member in item["members"]} for item in alone.items]
    assert sum(len(group) > 1 for group in groups) >= 3


def _decisions(rows: list[dict[str, Any]], alone: tongchou.Plan) -> list[dict[str, str]]:
    """Some of every kind: against what the plan has, across the nation, by content, and on what is not there."""
    groups = [item["members"] for item in alone.items if len(item["members"]) > 1]
    single = [item["members"][0] for item in alone.items if len(item["members"]) == 1]
    separate = [{"a": group[0], "b": group[1], "decision": "separate"} for group in groups[:40:4]]
    # More than a plan item may have.
    merge = [{"a": single[0], "b": other, "decision": "merge", "by": "李"} for other in single[1:60:2]]
    keep = [{"item": group[0], "decision": "keep"} for group in groups[1:40:4]]
    withdraw = [{"item": group[0], "decision": "withdraw"} for group in groups[2:40:4]]
    asked = alone.review[0]
    moved = {"a": "moved", "b": asked["b"], "a_fingerprint": asked["a_fingerprint"], "decision": "merge"}
    return [*separate, *merge, *keep, *withdraw, moved, {"item": "gone", "decision": "keep"}]


def test_decisions_and_last_year_count_as_on_one_machine(
    spark: SparkSession,
    rows: list[dict[str, Any]],
    table: pyarrow.Table,
    units: tongchou.UnitGraph,
    alone: tongchou.Plan,
) -> None:
    decisions = _decisions(rows, alone)
    # A nation of last year: most items go on, under other ids, some with other words and months.
    last_year = [
        {**row, "id": f"last-{row['id']}", "name": row["name"].replace("2026", "2025") + "工作" * (number % 5 == 0)}
        for number, row in enumerate(rows)
        if number % 7
    ]
    last_year += [{"id": "last", "name": "往年专项", "jurisdiction": None}]
    one = tongchou.consolidate(rows, units=units, decisions=decisions, last_year=last_year)
    # Beyond four million pairs not every one is compared.
    assert len(last_year) * len(rows) > 4_000_000 and one.summary["withdrawn"] > 3
    assert {"decision_over_cap", "decision_unmatched"} <= set(one.diagnostics["code"])
    years = one.to_dict()["year_on_year"]
    assert len(years["carried"]) > len(rows) // 2 and years["new"] and years["dropped"]

    df = spark.createDataFrame(table).repartition(5, "name")
    schema = "id string, name string, organizer string, jurisdiction string, schedule string, targets array<string>"
    keys = [field.split()[0] for field in schema.split(", ")]
    lists = [
        [[row[key]] if key == "targets" and isinstance(row.get(key), str) else row.get(key) for key in keys]
        for row in last_year
    ]
    short = [dict(zip(keys, row)) for row in lists]
    for form, plain in ((last_year, last_year), (spark.createDataFrame(lists, schema).repartition(3), short)):
        expected = tongchou.consolidate(rows, units=units, decisions=decisions, last_year=plain)
        plan = tongchou.spark.consolidate(df, units=units, decisions=decisions, last_year=form)
        assert plan.summary == expected.summary
        assert plan.to_dict()["year_on_year"] == expected.to_dict()["year_on_year"]
        assert plan.to_json() == expected.to_json()


def test_bad_decisions_and_last_years_are_named(spark: SparkSession, units: tongchou.UnitGraph) -> None:
    schema = "id string, name string, jurisdiction string"
    df = spark.createDataFrame([("A", "甲", "X"), ("B", "乙", "X")], schema)
    both = [{"a": "A", "b": "B", "decision": "merge"}, {"a": "B", "b": "A", "decision": "separate"}]
    with pytest.raises(tongchou.DecisionError, match="A"):
        tongchou.spark.consolidate(df, units=units, decisions=both)
    twice = spark.createDataFrame([("A", "甲", "X"), ("A", "乙", "X")], schema)
    for last_year in (twice, [{"id": "A", "name": "甲"}, {"id": "A", "name": "乙"}]):
        with pytest.raises(tongchou.IngestError, match="A") as raised:
            tongchou.spark.consolidate(df, units=units, last_year=last_year)
        assert raised.value.field == "id" and raised.value.source == "last_year"
    # Even one that is empty is a last year.
    plan = tongchou.spark.consolidate(df, units=units, last_year=[])
    rows = [row.asDict() for row in df.collect()]
    assert plan == tongchou.consolidate(rows, units=units, last_year=[]) and plan.summary["last_year"] == 0


def test_columns_have_chinese_names_and_settings_count(spark: SparkSession) -> None:
    rows = [
        {"唯一标识": "A", "事项名称": "2026年春季森林防灭火督查", "主办单位": "县林业局", "检查对象": "东门镇", "county": "C"},
        {"唯一标识": "B", "事项名称": "森防工作检查", "主办单位": "县应急管理局", "检查对象": "东门镇", "county": "清水县人民政府"},
        {"唯一标识": "C", "事项名称": "居民医保参保情况检查", "主办单位": "县医保局", "检查对象": "东门镇", "county": None},
    ]
    units = [
        {"id": "C", "name": "清水县人民政府", "kind": "government"},
        {"id": "T", "name": "东门镇", "kind": "township", "parent": "C", "tags": ["镇"]},
    ]
    policy = tongchou.Policy(review_share=1.0)
    lexicon = tongchou.Lexicon.from_toml('[[concept]]\nname = "冰雪运动安全"\naliases = ["雪场安全"]')
    plan = tongchou.spark.consolidate(
        spark.createDataFrame(rows), units=units, by="county", policy=policy, lexicon=lexicon
    )
    named = [{**row, "jurisdiction": row["county"]} for row in rows]
    assert plan == tongchou.consolidate(named, units=units, policy=policy, lexicon=lexicon)
    assert plan.summary["plan_year"] == 2026


def test_no_items_make_an_empty_plan(spark: SparkSession, units: tongchou.UnitGraph) -> None:
    df = spark.createDataFrame([], "id string, name string, jurisdiction string")
    assert tongchou.spark.consolidate(df, units=units) == tongchou.consolidate([], units=units)


@pytest.mark.parametrize(
    ("rows", "schema", "field", "said"),
    [
        ([("A", "甲", "X"), ("A", "乙", "X")], "id string, name string, jurisdiction string", "id", "A"),
        ([("A", None, "X")], "id string, name string, jurisdiction string", "name", "A"),
        ([(None, "甲", "X")], "id string, name string, jurisdiction string", "id", "甲"),
        ([("A", "甲")], "id string, name string", "jurisdiction", "jurisdiction"),
        ([("A", "X")], "id string, jurisdiction string", "name", "name"),
        ([("A", "甲", "X", (1,))], "id string, name string, jurisdiction string, content struct<x:int>", "content", "content"),
    ],
)
def test_bad_items_are_named(
    spark: SparkSession, units: tongchou.UnitGraph, rows: list[Any], schema: str, field: str, said: str
) -> None:
    with pytest.raises(tongchou.IngestError, match=said) as raised:
        tongchou.spark.consolidate(spark.createDataFrame(rows, schema), units=units)
    assert raised.value.field == field and raised.value.source == "items" and raised.value.row is None


def test_a_target_is_refused(spark: SparkSession, units: tongchou.UnitGraph) -> None:
    df = spark.createDataFrame([("A", "甲", "X")], "id string, name string, jurisdiction string")
    with pytest.raises(tongchou.PolicyError) as raised:
        tongchou.spark.consolidate(df, units=units, policy=tongchou.Policy(target_reduction=0.1))
    assert raised.value.field == "target_reduction"


def test_the_example_runs(spark: SparkSession) -> None:
    text = tongchou.spark.consolidate.__doc__ or ""
    example = doctest.DocTestParser().get_doctest(text, {"spark": spark}, "consolidate", None, 0)
    problems: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=problems.append)
    assert example.examples and not problems, "".join(problems)
