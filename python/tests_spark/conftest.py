"""A cluster of two executor processes, and a nation to consolidate."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyspark.sql import SparkSession

import tongchou

ROOT = Path(__file__).resolve().parents[2]


def pytest_configure(config: pytest.Config) -> None:
    # PySpark leaves the closing of its sockets to the garbage collector.
    config.addinivalue_line("filterwarnings", "ignore:unclosed <socket:ResourceWarning")
    config.addinivalue_line("filterwarnings", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples name fixtures from the repository's root."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("tongchou")
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
    # Small partitions must not be put together: both executors shall have some.
    builder = builder.config("spark.sql.adaptive.coalescePartitions.enabled", "false")
    session = builder.config("spark.driver.memory", "2g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def nation() -> Path:
    """The folder of a nation, which `make test-spark` generates."""
    return ROOT / os.environ["TONGCHOU_NATION"]


@pytest.fixture(scope="session")
def units(nation: Path) -> tongchou.UnitGraph:
    return tongchou.UnitGraph(nation / "units.csv")


@pytest.fixture(scope="session")
def rows(nation: Path, units: tongchou.UnitGraph) -> list[dict[str, Any]]:
    """The nation's items. One in thirty is handed up: to the authority above, the one above that, or the root."""
    above = {unit["id"]: unit["parent"][0] for unit in units.units if unit["parent"]}
    lines = (nation / "items.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for number, row in enumerate(rows[::30]):
        county = row["jurisdiction"]
        city = above.get(county, county)
        row["jurisdiction"] = [city, above.get(city, city), None][number % 3]
    return rows


@pytest.fixture(scope="session")
def table(rows: list[dict[str, Any]]) -> pyarrow.Table:
    """The nation's items with one type a column."""

    def column(key: str) -> list[Any]:
        values = [row.get(key) for row in rows]
        if any(isinstance(value, list) for value in values):
            return [[value] if isinstance(value, str) else value for value in values]
        return values

    return pyarrow.table({key: column(key) for key in sorted({key for row in rows for key in row})})
