"""What the binding costs: one nation, consolidated by the command line and from Python, in one run.

    python python/bench/overhead.py target/release/tongchou FOLDER

FOLDER holds `items.jsonl` and `units.csv`, made by `cargo run --release --example nation`. The engine's own
time is that of the command line's stages (`-v`), without reading and writing files. Each is run three times, in
turn; the fastest counts.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow

import tongchou

SECONDS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}
STAGES = {"standardise", "targets", "features", "compare", "cluster", "merge"}
ROUNDS = 3


def seconds(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    result = call()
    spent = time.perf_counter() - begun
    del result  # as in the command line, whose stages do not free the plan
    return spent


def engine(cli: str, folder: Path) -> float:
    """Seconds of the engine's stages in the command line."""
    with tempfile.TemporaryDirectory() as out:
        command = [cli, "consolidate", folder / "items.jsonl", "--units", folder / "units.csv", "--out", out]
        command += ["--format", "json", "-v", "--lang", "en"]
        told = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stderr
    stages = re.findall(r"^\s*(\w+)\s+([0-9.]+)(ns|µs|ms|s)\s*$", told, re.MULTILINE)
    spent = sum(float(number) * SECONDS[unit] for stage, number, unit in stages if stage in STAGES)
    assert spent > 0, told
    return spent


def table(rows: list[dict[str, Any]]) -> pyarrow.Table:
    """The rows with one type a column: texts, or lists where any row has one."""

    def column(key: str) -> list[Any]:
        values = [row.get(key) for row in rows]
        if any(isinstance(value, list) for value in values):
            return [[value] if isinstance(value, str) else value for value in values]
        return values

    return pyarrow.table({key: column(key) for key in sorted({key for row in rows for key in row})})


def main() -> None:
    cli, folder = sys.argv[1], Path(sys.argv[2])
    lines = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    units = tongchou.UnitGraph(folder / "units.csv")
    arrow = table(rows)
    calls: dict[str, Callable[[], float]] = {
        "Rust (stages of the command line)": lambda: engine(cli, folder),
        "Python, pyarrow table": lambda: seconds(lambda: tongchou.consolidate(arrow, units=units)),
        "Python, list of dicts": lambda: seconds(lambda: tongchou.consolidate(rows, units=units)),
    }
    spent = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            spent[name].append(call())
    base = min(next(iter(spent.values())))
    print(f"{len(rows)} items, {len(units)} units, the fastest of {ROUNDS}")
    for name, times in spent.items():
        print(f"{name:36} {min(times):8.2f} s   {min(times) / base:.2f}   ({', '.join(f'{one:.2f}' for one in times)})")


if __name__ == "__main__":
    main()
