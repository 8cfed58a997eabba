"""The tables of a ledger, in both databases."""

from __future__ import annotations

from sqlalchemy import CHAR, Column, Integer, MetaData, Table, Text

EVENTS = Table(
    "events",
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),  # ISO 8601
    Column("recorded", Text, nullable=False),  # UTC, ISO 8601 with microseconds, ends in Z
    Column("offset", Text, nullable=False),  # +08:00
    Column("who", Text, nullable=False),
    Column("body", Text, nullable=False),  # the JSON that was hashed, to the letter
    Column("hash", CHAR(64), nullable=False),
)
META = Table("meta", MetaData(), Column("migration", Integer, nullable=False))
"""One row: the number of the last migration."""
