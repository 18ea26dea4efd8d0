"""Match weights without labels."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import polars
import pytest
from conftest import POOL

import tongchou


@pytest.fixture(scope="module")
def found(rows: list[dict[str, Any]], units: tongchou.UnitGraph) -> tongchou.Estimate:
    return tongchou.estimate(rows, units=units)


def test_the_policy_is_that_of_the_command_line(found: tongchou.Estimate, cli: Path, tmp_path: Path) -> None:
    out = tmp_path / "policy.toml"
    command = [cli, "estimate", POOL / "items.jsonl", "--units", POOL / "units.csv", "--out", out]
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
    text = out.read_text(encoding="utf-8")
    assert tongchou.Policy.from_toml(text) == found.policy
    # But for what it says of itself in comments, to the byte.
    comments, written = text.split("\n\n", 1)
    assert all(line.startswith("#") for line in comments.splitlines())
    assert written == found.policy.to_toml()


def test_it_starts_from_the_policy_given(rows: list[dict[str, Any]], found: tongchou.Estimate) -> None:
    given = tongchou.Policy(plan_year=2023, weights={"matter": {"same_concept": 9.0}})
    other = tongchou.estimate(polars.DataFrame(rows), policy=given)
    assert other.policy.plan_year == 2023
    assert other.policy != found.policy
    levels = {(row["hypothesis"], row["level"]): row for row in other.levels}
    assert levels["matter", "same_concept"]["given"] == 9.0


def test_it_tells_what_it_found(found: tongchou.Estimate) -> None:
    assert found.pairs == 220 * 219 // 2 and 0 < found.hopeful < found.pairs
    assert found.converged and 0 < found.rounds <= 500
    assert not found.small_pool
    assert repr(found).startswith("<tongchou.Estimate: 24090 pairs, ")
    assert {one["warning"] for one in found.warnings} <= {"few_matches", "levels_kept"}
    frame = polars.DataFrame(found)
    assert frame.rows(named=True) == found.levels.to_dicts()
    kept = [row for row in found.levels if row["kept"]]
    assert kept and all(row["given"] == row["weight"] for row in kept)
    matter = found.policy.weights["matter"]
    for row in found.levels:
        if row["hypothesis"] == "matter" and not row["kept"]:
            assert matter[row["level"]] == row["weight"]
    assert found.to_dict()["matter"]["matches"] > 30


@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_small_pool_is_a_warning(rows: list[dict[str, Any]], count: int) -> None:
    found = tongchou.estimate(rows[:count])
    pairs = count * (count - 1) // 2
    assert found.small_pool and found.pairs == pairs
    assert found.warnings[0] == {"warning": "few_pairs", "pairs": pairs, "wanted": 10_000}
    if count < 2:
        assert found.policy == tongchou.Policy()


def test_errors_name_their_place(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(tongchou.IngestError) as ingest:
        tongchou.estimate([{"name": "森林防火检查"}, {"name": None}])
    assert (ingest.value.row, ingest.value.field) == (2, "name")
    with pytest.raises(tongchou.RosterError):
        tongchou.estimate(rows, units=[{"x": 1}])
    with pytest.raises(FileNotFoundError):
        tongchou.estimate("nowhere.jsonl")
    with pytest.raises(TypeError):
        tongchou.estimate(rows, policy={"plan_year": 2026})  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        tongchou.estimate(rows, tongchou.UnitGraph(POOL / "units.csv"))  # type: ignore[misc]
    with pytest.raises(tongchou.Cancelled):
        tongchou.estimate(rows, progress=lambda *_: False)


def test_progress_tells_of_pairs(rows: list[dict[str, Any]]) -> None:
    calls: list[tuple[str, int, int]] = []
    tongchou.estimate(rows, progress=lambda *call: calls.append(call))
    assert [*dict.fromkeys(stage for stage, _, _ in calls)] == ["standardise", "targets", "features", "compare"]
    assert all(0 <= done <= total == 220 for _, done, total in calls) and calls[-1][1] == 220
