"""Progress, Ctrl-C, threads."""

from __future__ import annotations

import concurrent.futures
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from typing import Any

import pytest
from tqdm import tqdm

import tongchou

STAGES = ["standardise", "targets", "features", "compare", "cluster", "merge"]


def test_progress_tells_every_stage(rows: list[dict[str, Any]]) -> None:
    calls: list[tuple[str, int, int]] = []
    tongchou.consolidate(rows, progress=lambda *call: calls.append(call))
    stages = [stage for stage, _, _ in calls]
    assert list(dict.fromkeys(stages)) == STAGES
    assert all(0 <= done <= total for _, done, total in calls)


def test_progress_moves_a_bar(rows: list[dict[str, Any]]) -> None:
    with open(os.devnull, "w") as nowhere, tqdm(file=nowhere) as bar:
        tongchou.consolidate(rows, progress=bar)
        assert bar.desc == "merge: "
    with pytest.raises(TypeError, match="callable"):
        tongchou.consolidate(rows, progress=7)  # type: ignore[arg-type]


def test_progress_may_stop_the_run(rows: list[dict[str, Any]]) -> None:
    calls: list[str] = []

    def stop(stage: str, done: int, total: int) -> bool:
        calls.append(stage)
        return False

    with pytest.raises(tongchou.Cancelled):
        tongchou.consolidate(rows, progress=stop)
    assert calls == STAGES[:1]


def test_what_progress_raises_comes_through(rows: list[dict[str, Any]]) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tongchou.consolidate(rows, progress=fail)
    with pytest.raises(ZeroDivisionError):
        tongchou.read_submissions("fixtures/pool-north/items.jsonl", progress=fail)


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_ctrl_c_stops_a_long_run() -> None:
    # An endless pool of look-alikes; the whole would take minutes.
    program = """
        import threading, time, os, signal, tongchou
        rows = [
            {"id": str(n), "name": f"第{n}批森林防火和安全生产检查", "organizer": f"第{n % 97}局", "targets": "各乡镇"}
            for n in range(40_000)
        ]
        started, heard = [], []
        def interrupt():
            while not started:
                time.sleep(0.01)
            time.sleep(0.3)
            heard.append(len(started))
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=interrupt, daemon=True).start()
        try:
            tongchou.consolidate(rows, progress=lambda *_: started.append(1))
        except KeyboardInterrupt:
            # At most one report was on its way.
            print("stopped", len(started) - heard[0] <= 1)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (0, "stopped True\n"), done.stderr


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
@pytest.mark.parametrize("call", ["consolidate", "frontier", "estimate"])
def test_ctrl_c_needs_no_progress(call: str) -> None:
    program = f"""
        import threading, time, os, signal, tongchou
        rows = [
            {{"id": str(n), "name": f"第{{n}}批森林防火和安全生产检查", "organizer": f"第{{n % 97}}局", "targets": "各乡镇"}}
            for n in range(40_000)
        ]
        def interrupt():
            time.sleep(1)
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=interrupt, daemon=True).start()
        try:
            tongchou.{call}(rows)
        except KeyboardInterrupt:
            print("stopped")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (0, "stopped\n"), done.stderr


def test_other_threads_run_meanwhile(rows: list[dict[str, Any]], units: tongchou.UnitGraph) -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    interval = sys.getswitchinterval()
    # Without a release the thread would not get a turn for an hour.
    sys.setswitchinterval(3600)
    try:
        thread.start()
        before = ticks
        tongchou.consolidate(rows * 1, units=units)
        during = ticks - before
    finally:
        done.set()
        sys.setswitchinterval(interval)
        thread.join()
    assert during > 3


def test_threads_share_everything(
    rows: list[dict[str, Any]], units: tongchou.UnitGraph, plan: tongchou.Plan
) -> None:
    """Hunts: results that depend on who runs beside, a roster or plan that is not safe to share."""
    policy = tongchou.Policy()
    read = tongchou.read_submissions("fixtures/pool-north/items.jsonl")
    barrier = threading.Barrier(6)

    def work(number: int) -> str:
        barrier.wait()
        if number % 3 == 0:
            plan._repr_html_()
            return tongchou.consolidate(read, units=units, policy=policy).summary["planned"] and plan.to_json()
        if number % 3 == 1:
            assert len(plan.items) == plan.summary["planned"]
        return tongchou.consolidate(rows, units=units, policy=policy).to_json()

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        results = list(pool.map(work, range(6)))
    assert set(results) == {plan.to_json()}


def test_signals_are_left_as_they_were(rows: list[dict[str, Any]]) -> None:
    before = signal.getsignal(signal.SIGINT)
    tongchou.consolidate(rows[:20])
    assert signal.getsignal(signal.SIGINT) is before
