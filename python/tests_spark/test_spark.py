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
