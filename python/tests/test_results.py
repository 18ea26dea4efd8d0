"""What a plan says of itself."""

from __future__ import annotations

import html.parser
import json
import pickle
from typing import Any

import duckdb
import polars
import pyarrow
import pytest
from conftest import POOL

import tongchou


def test_the_summary_has_the_keys_of_the_contract(plan: tongchou.Plan) -> None:
    keys = (
        "submitted planned reduction_percent last_year year_on_year_percent visits_before visits_after "
        "visit_reduction_percent rejected review_pairs"
    )
    assert set(keys.split()) <= plan.summary.keys()
    assert plan.summary["submitted"] == 220
    assert repr(plan).startswith("<tongchou.Plan: 220 items submitted, ")


def test_tables_reconcile(plan: tongchou.Plan) -> None:
    items, dispositions = plan.items, plan.dispositions
    assert len(items) == plan.summary["planned"]
    assert sorted(sum(items["members"], [])) == sorted(dispositions["item_id"])
    assert [len(members) for members in items["members"]] == [len(r) for r in items["relations"]]
    assert len(plan.review) == plan.summary["review_pairs"]
    assert plan.submitted["id"] == sorted(plan.submitted["id"])
    merged = [row for row in dispositions if row["action"] == "merged"]
    assert len(merged) == plan.summary["submitted"] - plan.summary["planned"]
    assert all(0 <= row["probability"] <= 1 for row in merged)
    assert set(plan.targets["item_id"]) <= set(dispositions["item_id"])


def test_tables_go_everywhere(plan: tongchou.Plan) -> None:
    for table in (plan.items, plan.dispositions, plan.review, plan.targets, plan.submitted, plan.diagnostics):
        rows = table.to_dicts()
        assert list(table) == rows
        assert polars.DataFrame(table).to_dicts() == rows
        assert pyarrow.table(table).to_pylist() == rows
        assert table.to_pyarrow().num_rows == table.to_polars().height == len(table.to_pandas()) == len(table)
        assert list(table.to_pandas().columns) == table.column_names
    items = plan.items
    assert items[0] == items.to_dicts()[0] and items[-1]["name"] == items["name"][-1]
    with duckdb.connect() as connection:
        connection.register("plan", items.to_pyarrow())
        counted = connection.sql("select count(*), sum(len(members)) from plan").fetchall()
    assert counted == [(len(items), 220)]
    for key, error in ((len(items), IndexError), (-len(items) - 1, IndexError), ("x", KeyError), (1.5, TypeError)):
        with pytest.raises(error):
            items[key]  # type: ignore[index]


def test_a_table_outlives_its_plan() -> None:
    arrow = pyarrow.table(tongchou.consolidate([{"name": "森林防火检查"}]).items)
    assert arrow["name"].to_pylist() == ["森林防火检查"]


def test_plans_come_back(plan: tongchou.Plan) -> None:
    assert tongchou.Plan.from_json(plan.to_json()) == plan
    assert tongchou.Plan.from_json(plan.to_json().encode()) == plan
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert plan.to_dict() == json.loads(plan.to_json())
    assert plan != tongchou.consolidate([])
    with pytest.raises(tongchou.PlanError):
        tongchou.Plan.from_json("{}")


def test_reports(plan: tongchou.Plan) -> None:
    assert plan.to_xlsx()[:2] == b"PK"
    assert plan.headline().startswith("各单位上报 220 项")
    assert "220 items submitted" in plan.headline(lang="en")
    assert plan.headline() in plan.to_markdown().replace("  \n", "\n") or "220" in plan.to_markdown()
    with pytest.raises(ValueError, match="lang"):
        plan.headline(lang="fr")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="formats"):
        plan.write("unused", formats=["pdf"])  # type: ignore[list-item]


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_notebook_shows_the_reduction_first(plan: tongchou.Plan) -> None:
    page = _Tags()
    page.feed(plan._repr_html_())
    assert page.texts[0] == plan.headline().splitlines()[0]
    assert page.tags.count("tr") == plan.summary["planned"] + 1


def test_a_notebook_runs_nothing_of_the_items() -> None:
    evil = "<script>alert(1)</script>检查"
    plan = tongchou.consolidate([{"name": evil, "organizer": evil, "targets": f'"{evil}&'}])
    page = _Tags()
    page.feed(plan._repr_html_())
    assert "script" not in page.tags
    assert any("<script>" in text for text in page.texts)


def test_submissions_tell_what_they_understood() -> None:
    read = tongchou.read_submissions(POOL / "submissions")
    assert len(read) == len(read.items) == 220
    assert {"severity", "code", "source", "row"} <= set(read.diagnostics.column_names)
    assert "name" in read.mappings["field"]
    assert polars.DataFrame(read).height == 220
    names: list[str] = []
    tongchou.read_submissions(POOL / "items.jsonl", POOL / "last_year.jsonl", progress=names.append)
    assert names == ["items.jsonl", "last_year.jsonl"]


def test_explain(plan: tongchou.Plan) -> None:
    core, other = next(row["members"] for row in plan.items if len(row["members"]) > 1)[:2]
    names = dict(zip(plan.submitted["id"], plan.submitted["name"]))
    text = tongchou.explain(plan, core, other)
    assert "结论" in text and names[core][:6] in text
    assert tongchou.explain(plan, other, core) == text
    assert "\nrule: " in tongchou.explain(plan, core, other, lang="en")


def test_explain_leaves_withdrawn_items_out() -> None:
    items = [
        {"id": "A", "name": "森林防火检查", "kind": "检查", "organizer": "县林业局", "targets": "各乡镇"},
        {"id": "B", "name": "森林防火宣传栏建设考核", "kind": "考核", "organizer": "县教育局", "targets": "各学校"},
        {"id": "C", "name": "医保基金检查", "kind": "检查", "organizer": "县医保局", "targets": "各定点医院"},
        {"id": "D", "name": "森林防火督查", "kind": "督查", "organizer": "县政府办", "targets": "各村"},
    ]

    def weights(plan: tongchou.Plan) -> list[str]:
        lines = tongchou.explain(plan, "A", "B", lang="en").splitlines()
        return [line for line in lines if "+" in line or "-" in line]

    withdrawn = tongchou.consolidate(items, decisions=[{"item": "D", "decision": "withdraw"}])
    assert not withdrawn.review and all(len(row["members"]) == 1 for row in withdrawn.items)
    # How common the shared matter is, is counted over the items that take part.
    assert weights(withdrawn) == weights(tongchou.consolidate(items[:3]))
    assert weights(withdrawn) != weights(tongchou.consolidate(items))


def test_evaluate(plan: tongchou.Plan) -> None:
    truth = POOL / "truth.json"
    measured = tongchou.evaluate(plan, truth)
    assert measured["barred"]["merged"] == 0
    assert 0.5 < measured["pairwise"]["f1"] <= 1
    assert tongchou.evaluate(plan, json.loads(truth.read_bytes())) == measured
    with pytest.raises(tongchou.TruthError):
        tongchou.evaluate(plan, {"groups": 3})


def test_resolve(units: tongchou.UnitGraph) -> None:
    found = tongchou.resolve("各街道", units=units)
    assert found.sureness == "exact" and len(found) == len(found.units) == len(found.names) > 0
    assert all(name.endswith("街道办事处") or "街道" in name for name in found.names)
    assert found.terms[0]["role"] == "group"
    assert "units" in found.describe(lang="en")
    assert tongchou.resolve("各乡镇").sureness in ("exact", "vague", "sample")
    with pytest.raises(tongchou.UnknownItemError):
        tongchou.resolve("各街道", units=units, jurisdiction="没有的区")


def test_decisions_are_law(plan: tongchou.Plan, rows: list[dict[str, Any]], units: tongchou.UnitGraph, tmp_path: Any) -> None:
    a, b = next(row["members"] for row in plan.items if len(row["members"]) == 2)
    decisions = [{"a": a, "b": b, "decision": "separate", "by": "李"}]
    text = "\n".join(json.dumps(decision) for decision in decisions)
    (tmp_path / "d.jsonl").write_text(text, encoding="utf-8")
    plans = [
        tongchou.consolidate(rows, units=units, decisions=form)
        for form in (decisions, text.encode(), tmp_path / "d.jsonl")
    ]
    assert plans[0] == plans[1] == plans[2]
    assert [a, b] not in plans[0].items["members"]


def test_policies() -> None:
    assert tongchou.Policy() == tongchou.Policy.from_toml("")
    strict = tongchou.Policy(merge_threshold=3.0, plan_year=2026, threads=2)
    assert strict == tongchou.Policy.from_toml("merge_threshold = 3.0\nplan_year = 2026\nthreads = 2")
    assert repr(strict) == "Policy(merge_threshold=3.0, plan_year=2026, threads=2)"
    weights = tongchou.Policy(weights={"matter": {"same_concept": 4.5}}).weights
    assert weights["matter"] == {"same_concept": 4.5}


def test_every_setting_has_a_keyword() -> None:
    import inspect

    shipped = tongchou.Policy().to_dict()
    keywords = inspect.signature(tongchou.Policy).parameters
    assert set(shipped) == set(keywords)
    for name, parameter in keywords.items():
        if name != "weights":
            assert parameter.default == shipped[name] == getattr(tongchou.Policy(), name), name


def test_rosters() -> None:
    units = tongchou.UnitGraph(
        [{"编号": 1, "名称": "清水县人民政府"}, {"编号": 2, "名称": "东门镇", "上级": 1, "标签": ["镇"]}, {"编号": 2, "名称": "西门镇"}]
    )
    assert units.units["id"] == ["1", "2"] and units.units["parent"] == [[], ["1"]]
    assert [(row["code"], row["row"]) for row in units.diagnostics] == [("duplicate_unit_id", 3)]
    assert polars.DataFrame(units).height == 2


def test_the_frontier_leads_to_the_plan(
    rows: list[dict[str, Any]], units: tongchou.UnitGraph, plan: tongchou.Plan
) -> None:
    frontier = tongchou.frontier(polars.DataFrame(rows), units=units)
    left = frontier.steps["items_left"]
    assert left == list(range(219, 219 - len(frontier), -1))
    assert left[frontier.default_steps - 1] == plan.summary["planned"]
    assert frontier.to_dict()["submitted"] == 220
    assert set(frontier.beyond["zone"]) <= {"below"}
    assert polars.DataFrame(frontier).height == len(frontier)
    policy = tongchou.Policy(target_reduction=0.1)
    assert tongchou.consolidate(rows, units=units, policy=policy).summary["planned"] == 198
