"""Every example runs: in docstrings, and in the README."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import tongchou

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


def _documented() -> Iterator[tuple[str, str]]:
    yield "tongchou", tongchou.__doc__ or ""
    for name in tongchou.__all__:
        thing = getattr(tongchou, name)
        if name.startswith("_"):
            continue
        yield name, inspect.getdoc(thing) or ""
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            for member, value in vars(thing).items():
                if not member.startswith("_"):
                    yield f"{name}.{member}", inspect.getdoc(getattr(thing, member)) or ""


def _run(name: str, text: str, globs: dict[str, Any] | None = None) -> int:
    test = doctest.DocTestParser().get_doctest(text, globs or {}, name, name, 0)
    problems: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=problems.append)
    assert not problems, "".join(problems)
    return len(test.examples)


@pytest.mark.parametrize(("name", "text"), list(_documented()), ids=lambda value: value[:30])
def test_docstrings(name: str, text: str) -> None:
    assert text, f"{name} says nothing of itself"
    _run(name, text)


def test_functions_tell_arguments_and_failures() -> None:
    for name in ("consolidate", "frontier", "estimate", "explain", "evaluate", "resolve", "read_submissions"):
        function = getattr(tongchou, name)
        text = inspect.getdoc(function) or ""
        assert "Arguments:" in text and "Raises:" in text and ">>>" in text, name
        for parameter in inspect.signature(function).parameters:
            assert f"{parameter}:" in text, (name, parameter)


def _readme_blocks() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("\n## Python\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


def test_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    blocks = _readme_blocks()
    assert blocks
    assert _run("README.md", "\n".join(blocks)) > 5


def test_the_version_is_the_package_s() -> None:
    from importlib.metadata import version

    assert tongchou.__version__ == version("tongchou")
