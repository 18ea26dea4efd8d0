"""A pool that changes is what a run on its items gives."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import tongchou


def test_a_changed_pool_is_that_of_a_run(rows: list[dict[str, Any]], units: tongchou.UnitGraph) -> None:
    late = rows[::20]
    pool = tongchou.LivePool([row for row in rows if row not in late], units=units)
    for row in late:
        change = pool.add(row)
        assert change["id"] == row["id"]
        group = pool.group_of(row["id"])
        assert row["id"] in [group["core"], *(member["id"] for member in group["members"])]
        assert group in change["formed"]
    assert len(pool) == len(rows)
    assert pool.plan() == tongchou.consolidate(rows, units=units)
    for row in late:
        assert pool.remove(row["id"])["id"] == row["id"]
        assert row["id"] not in pool
    left = [row for row in rows if row not in late]
    assert pool.plan() == tongchou.consolidate(left, units=units)
    assert pool.planned == len(pool.groups()) == pool.plan().summary["planned"]


def test_without_a_roster_every_change_is_a_run() -> None:
    pool = tongchou.LivePool([{"id": "A", "name": "森林防火检查", "organizer": "县林业局", "targets": "各乡镇"}])
    assert repr(pool) == "<tongchou.LivePool: 1 items, 1 planned>"
    change = pool.add({"id": "B", "name": "森防工作检查", "organizer": "县应急局", "targets": "各乡镇"})
    assert change["reread"]
    (group,) = change["formed"]
    (member,) = group["members"]
    assert {group["core"], member["id"]} == {"A", "B"}
    assert 0.5 < member["probability"] <= 1
    assert change["dissolved"]


def test_what_cannot_be_done_leaves_the_pool_as_it_is() -> None:
    pool = tongchou.LivePool([{"id": "A", "name": "森林防火检查"}])
    with pytest.raises(tongchou.IngestError, match="A"):
        pool.add({"id": "A", "name": "另一项"})
    with pytest.raises(tongchou.IngestError):
        pool.add({"id": "B"})
    with pytest.raises(tongchou.IngestError):
        pool.add({"id": "B", "name": "  "})
    for ask in (pool.remove, pool.group_of):
        with pytest.raises(tongchou.UnknownItemError, match="Z"):
            ask("Z")
    assert (len(pool), "A" in pool) == (1, True)
    unnamed = pool.add({"name": "居民医保参保情况检查"})
    assert unnamed["id"] in pool
    with pytest.raises(tongchou.IngestError):
        pool.add({"name": "居民医保参保情况检查"})


def test_bad_input_is_told_when_the_pool_is_made() -> None:
    with pytest.raises(tongchou.IngestError):
        tongchou.LivePool([{"id": "A", "name": "甲"}, {"id": "A", "name": "乙"}])
    with pytest.raises(tongchou.RosterError):
        tongchou.LivePool([], units=b"no,roster\n")


def test_threads_take_turns() -> None:
    pool = tongchou.LivePool([])

    def add(of: int) -> None:
        for number in range(5):
            pool.add({"id": f"{of}-{number}", "name": f"第{of}组事项检查"})

    threads = [threading.Thread(target=add, args=(of,)) for of in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pool) == 20
