"""What the tests share: the fixture pool, and the command line to compare with."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import tongchou

ROOT = Path(__file__).resolve().parents[2]
POOL = ROOT / "fixtures" / "pool-north"


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples name fixtures from the repository's root."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """The items of the pool as dicts."""
    lines = (POOL / "items.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def units() -> tongchou.UnitGraph:
    return tongchou.UnitGraph(POOL / "units.csv")


@pytest.fixture(scope="session")
def plan(rows: list[dict[str, Any]], units: tongchou.UnitGraph) -> tongchou.Plan:
    return tongchou.consolidate(rows, units=units)


@pytest.fixture(scope="session")
def cli() -> Path:
    """The program, which `make test-python` builds."""
    path = Path(os.environ.get("TONGCHOU_CLI", ROOT / "target" / "debug" / "tongchou"))
    if not path.exists():
        pytest.fail(f"{path} is missing: cargo build --package tongchou-cli")
    return path


@pytest.fixture(scope="session")
def run_cli(cli: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Runs `consolidate` with arguments and gives the folder of results."""

    def run(*arguments: str | Path) -> Path:
        out = tmp_path_factory.mktemp("plan")
        command = [cli, "consolidate", *arguments, "--quiet", "--out", out]
        subprocess.run([str(part) for part in command], check=True)
        return out

    return run
