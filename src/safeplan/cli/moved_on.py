"""What `safeplan init --next-year` says when it is done: what was moved on, what is open, what to type next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeplan.words.language import Words
    from safeplan.work.next_year import NextYear


def moved_on_lines(moved: NextYear, words: Words) -> Iterator[str]:
    """Say what was written and what comes next."""
    from safeplan.words.diagnostics import render

    path = moved.plan.relative_to(Path.cwd()) if moved.plan.is_relative_to(Path.cwd()) else moved.plan
    yield words("Written: {path}", path=path)
    for name in moved.copied:
        yield words("Copied: {path}; edit this copy from now on", path=path.parent / name)
    yield words("Period: {first} to {last}", first=moved.first, last=moved.last)
    yield words("Classes as they stand: {n} changed; last visits: {m} brought in", n=moved.classes, m=moved.visits)
    if moved.tables:
        yield words("Tables are taken as they are; classes and last visits of their enterprises come from the ledger")
    if moved.shares_ledger:
        yield words("The ledger is the same: {n} open findings go on in it", n=moved.open_findings)
    else:
        yield words(
            "The ledger lies elsewhere, with {n} open findings: name it with --ledger or $SAFEPLAN_LEDGER",
            n=moved.open_findings,
        )
    if moved.diagnostics:
        yield ""
        yield words("What safeplan check says of it:")
        yield render(moved.diagnostics, words).rstrip("\n")
    yield ""
    yield words("Next:")
    yield words("  open {file} and look at what is marked CHANGE and CHECK", file=moved.plan.name)
    yield f"  safeplan check {path}"
    yield f"  safeplan schedule {path} --month 1"
