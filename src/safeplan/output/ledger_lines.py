"""A ledger as JSON Lines: an event a line, its body as it was hashed, to the letter."""

from __future__ import annotations

import json

import polars as pl


def render(records: pl.DataFrame) -> bytes:
    """Write events (`core.history.RECORDS`); a line's `body` is the text that the hash was taken over."""
    return "".join(map(_line, records.rows())).encode()


def _line(row: tuple[object, ...]) -> str:
    number, kind, day, recorded, offset, who, body, digest = row
    head = json.dumps(
        {"number": number, "kind": kind, "day": str(day), "recorded": recorded, "offset": offset, "who": who},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return f'{head[:-1]},"body":{body},"hash":"{digest}"}}\n'
