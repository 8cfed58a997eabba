"""The parts of a schedule's JSON as lines of text, made column by column: shared by JSON and JSON Lines.

The contract is design.md's, key order included. A county's year has half a million visits, so no Python object is made
for one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from safeplan.core import roster
from safeplan.core.choice import Chosen
from safeplan.core.tables import Proof, Schedule
from safeplan.terms.diagnostic import Diagnostic
from safeplan.version import __version__
from safeplan.words.diagnostics import sentence
from safeplan.words.language import Words
from safeplan.words.reasons import Reasons

CONTRACT_VERSION = 1


def dump(value: object) -> str:
    """Spell a small value as JSON: one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def head(chosen: Chosen) -> dict[str, Any]:
    """Give everything that comes before the lists."""
    schedule = chosen.schedule
    plan, ledger = schedule.plan, schedule.ledger
    return {
        "safeplan": CONTRACT_VERSION,
        "plan": plan.file.name,
        "period": {"from": plan.first.isoformat(), "to": plan.last.isoformat()},
        "generated_for": schedule.today.isoformat(),
        "provisional_years": list(schedule.provisional_years),
        "made_by": {"safeplan": __version__, "calendar": plan.official.source},
        "inputs": [{"file": one.name, "sha256": one.sha256} for one in plan.inputs],
        "ledger": None if ledger is None else {"events": ledger.events, "head": ledger.hash},
        "hidden": {"surprise": chosen.surprise, "undrawn": chosen.undrawn},
    }


def visit_lines(schedule: Schedule) -> pl.Series:
    """Spell each visit as a JSON object on one line."""
    visits = roster.visits(schedule)
    facts = _objects(
        visits,
        "id", "state", "date", "crew", "order", "enterprise", "grid", "family", "officers", "minutes", "surprise",
    )  # fmt: skip
    return visits.select(
        (facts.str.head(-1) + ',"serves":[' + _serves(schedule, len(visits)) + "]}").alias("line")
    )["line"]  # fmt: skip


def activity_lines(schedule: Schedule) -> pl.Series:
    """Spell each activity as a JSON object on one line."""
    return _objects(
        roster.activities(schedule),
        "id", "rule", "kind", "name", "from", "due", "owners", "grid", "enterprise", "source",
    )  # fmt: skip


def unplaced_lines(schedule: Schedule, words: Words) -> pl.Series:
    """Spell each unplaced obligation as a JSON object on one line, most important first."""
    return _open_lines(schedule, roster.unplaced(schedule), words)


def carried_over_lines(schedule: Schedule, words: Words) -> pl.Series:
    """Spell each obligation that may still be done after the period as a JSON object on one line."""
    return _open_lines(schedule, roster.carried_over(schedule), words)


def warning_lines(schedule: Schedule, words: Words) -> Iterator[str]:
    """Spell each warning as a JSON object on one line."""
    for diagnostic in schedule.diagnostics:
        yield dump(warning_facts(diagnostic, words))


def warning_facts(diagnostic: Diagnostic, words: Words) -> dict[str, object]:
    """Give code, text, file and line of a warning."""
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "text": sentence(diagnostic, words),
        "file": place.file if place else None,
        "line": place.line if place else None,
    }


def _objects(frame: pl.DataFrame, *columns: str) -> pl.Series:
    """Spell the rows of some columns as JSON objects, days as ISO dates."""
    days = [column for column in columns if frame.schema[column] == pl.Date]
    spelt = frame.with_columns(pl.col(days).dt.to_string("%Y-%m-%d")) if days else frame
    return spelt.select(pl.struct(*columns).struct.json_encode().alias("line"))["line"]


def _serves(schedule: Schedule, visits: int) -> pl.Series:
    """Spell what each visit serves, by importance; `cause` only where a pin says one."""
    served = roster.served(schedule)
    lines = _objects(served, "obligation", "rule", "kind", "name", "from", "to", "source")
    caused = served["cause"].is_not_null()
    if caused.any():
        cause = _objects(served.select("cause"), "cause").str.slice(1)
        lines = (lines.str.head(-1) + "," + cause).zip_with(caused, lines)
    spelt = pl.DataFrame({"visit": served["visit"], "line": lines})
    if served["visit"].n_unique() < len(served):
        spelt = spelt.group_by("visit", maintain_order=True).agg(pl.col("line").str.join(","))
    every = pl.DataFrame({"visit": pl.int_range(visits, dtype=pl.Int32, eager=True)})
    return every.join(spelt, on="visit", how="left", maintain_order="left")["line"].fill_null("")


def _open_lines(schedule: Schedule, frame: pl.DataFrame, words: Words) -> pl.Series:
    spelt = frame.with_columns(reason=pl.Series(Reasons(words, schedule).sentences(frame), dtype=pl.String))
    facts = _objects(
        spelt,
        "obligation", "enterprise", "grid", "rule", "kind", "name", "from", "to", "priority", "source",
        "code", "reason",
    )  # fmt: skip
    proofs = pl.DataFrame({
        "proof": pl.Series([-1, *range(len(schedule.proofs))], dtype=pl.Int32),
        "spelt": pl.Series(["null", *(dump(_proof(schedule, proof)) for proof in schedule.proofs)], dtype=pl.String),
    })  # fmt: skip
    proof = frame.select("proof").join(proofs, on="proof", how="left", maintain_order="left")["spelt"]
    return facts.str.head(-1) + ',"proof":' + proof.fill_null("null") + "}"


def _proof(schedule: Schedule, proof: Proof) -> dict[str, object]:
    officers = schedule.plan.file.officers
    return {
        "days": [day.isoformat() for day in proof.days],
        "officers": [officers[code].id for code in proof.officers],
        "owed": proof.owed,
        "possible": proof.possible,
        "unit": proof.unit,
        "least": proof.least,
    }
