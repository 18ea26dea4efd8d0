"""Progress bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def follow(bar: Any) -> Callable[[str, int, int], None]:
    """A callback that moves a tqdm bar: one stage after the other, each from 0."""
    if not all(hasattr(bar, name) for name in ("update", "set_description", "reset")):
        raise TypeError(f"progress must be callable or a tqdm bar, not {type(bar).__name__}")
    known: list[str] = []

    def show(stage: str, done: int, total: int) -> None:
        if known[-1:] != [stage]:
            known.append(stage)
            bar.reset(total=total)
            bar.set_description(stage, refresh=False)
        bar.update(done - bar.n)

    return show
