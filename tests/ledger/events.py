"""Events for the tests, and raw SQL beside the ledger."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg

from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import Happened
from safeplan.ledger.place import LedgerPlace


def some(n: int) -> list[Event]:
    """n events of several kinds, each with a text of its own."""
    kinds = (
        lambda i: VisitMade(day="2026-03-02", enterprise=f"E{i:04}", officers=["wang", "li"], note=f"看了 {i}"),
        lambda i: Finding(day="2026-03-03", enterprise=f"E{i:04}", text=f"通道堵塞 “{i}” \\ / \n {{}}"),
        lambda i: Happened(day="2026-03-04", event=f"宴席 {i}", grid="dongjie"),
    )
    return [kinds[i % 3](i) for i in range(n)]


def sql(place: LedgerPlace, *statements: str) -> list[tuple[object, ...]]:
    """Run statements beside the ledger, each at once, and give the rows of the last."""
    if place.file is not None:
        with closing(sqlite3.connect(place.file, isolation_level=None)) as connection:
            return [connection.execute(one).fetchall() for one in statements][-1]
    with psycopg.connect(str(place.url), autocommit=True) as connection:
        cursors = [connection.execute(one.encode()) for one in statements]
        return cursors[-1].fetchall() if cursors[-1].description else []
