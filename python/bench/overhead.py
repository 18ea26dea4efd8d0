"""What the binding costs: one pool, consolidated by the command line and from Python, in one run.

    python python/bench/overhead.py target/release/tongchou [items]

The pool repeats the items of fixtures/pool-north under new ids in as many counties; the engine's own time
is that of the command line's stages (`-v`), without reading and writing files.
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

ROOT = Path(__file__).resolve().parents[2]
POOL = ROOT / "fixtures" / "pool-north"
SECONDS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}
STAGES = {"standardise", "targets", "features", "compare", "cluster", "merge"}


def nation(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """`count` items in counties of the pool's size, and a roster of the counties."""
    rows = [json.loads(line) for line in (POOL / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    units: list[dict[str, Any]] = [{"id": "N", "name": "北疆省人民政府", "kind": "government"}]
    items: list[dict[str, Any]] = []
    for county in range(-(-count // len(rows))):
        units.append({"id": f"C{county}", "name": f"第{county}县人民政府", "kind": "government", "parent": "N"})
        for town in range(8):
            name, parent = f"第{county}县{town}号镇", f"C{county}"
            units.append({"id": f"C{county}T{town}", "name": name, "kind": "township", "parent": parent, "tags": ["镇"]})
        items += [{**row, "id": f"C{county}-{row['id']}", "jurisdiction": f"C{county}"} for row in rows]
    return items[:count], units


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = call()
    return time.perf_counter() - begun, result


def engine(cli: str, items: Path, units: Path, out: Path) -> float:
    """Seconds of the engine's stages in the command line."""
    command = [cli, "consolidate", items, "--units", units, "--out", out, "--format", "json", "--quiet", "-v", "--lang", "en"]
    told = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stderr
    spent = 0.0
    for stage, number, unit in re.findall(r"^\s*(\w+)\s+([0-9.]+)(ns|µs|ms|s)\s*$", told, re.MULTILINE):
        spent += float(number) * SECONDS[unit] if stage in STAGES else 0.0
    return spent


def main() -> None:
    cli, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    items, roster = nation(count)
    units = tongchou.UnitGraph(roster)
    table = pyarrow.Table.from_pylist(items)
    with tempfile.TemporaryDirectory() as folder:
        lines, csv = Path(folder, "items.jsonl"), Path(folder, "units.csv")
        lines.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
        header = "id,name,aliases,kind,parent,tags\n"
        body = [f"{u['id']},{u['name']},,{u['kind']},{u.get('parent', '')},{'|'.join(u.get('tags', []))}\n" for u in roster]
        csv.write_text(header + "".join(body), encoding="utf-8")
        base = engine(cli, lines, csv, Path(folder, "plan"))
    print(f"{count} items, {len(roster)} units")
    print(f"{'Rust (stages of the command line)':36} {base:8.2f} s   1.00")
    planned = set()
    for name, form in (("Python, pyarrow table", table), ("Python, list of dicts", items)):
        spent, plan = timed(lambda form=form: tongchou.consolidate(form, units=units))
        planned.add(plan.summary["planned"])
        print(f"{name:36} {spent:8.2f} s   {spent / base:.2f}")
    assert len(planned) == 1, planned


if __name__ == "__main__":
    main()
