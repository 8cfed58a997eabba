"""Ids of a plan: equal ones, ones that differ only by case or width, and ones that are the name of a role."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from safeplan.plan.file import PlanFile
from safeplan.reading.enterprises import Register
from safeplan.reading.findings import Findings
from safeplan.reading.problems import Path
from safeplan.reading.register import FORBIDDEN_IN_ID
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.identity import folded
from safeplan.terms.origin import Place

Locate = Callable[[Path], Place]


def check_ids(file: PlanFile, roles: frozenset[str], locate: Locate) -> list[Diagnostic]:
    """Check the ids of officers, teams, grids and classes."""
    diagnostics = []
    for name, things in (("officers", file.officers), ("teams", file.teams), ("grids", file.grids)):
        ids = [one.id for one in things]
        diagnostics += _twice(ids, lambda i, name=name: locate((name, i, "id")))  # type: ignore[misc]
        diagnostics += [
            error("id-is-role", locate((name, i, "id")), found=id_) for i, id_ in enumerate(ids) if id_ in roles
        ]
    classes = list(file.classes)
    return diagnostics + _twice(classes, lambda i: locate(("classes", classes[i])))


def _twice(ids: Sequence[str], locate: Callable[[int], Place]) -> list[Diagnostic]:
    first: dict[str, int] = {}
    diagnostics = []
    for i, id_ in enumerate(ids):
        known = first.setdefault(folded(id_), i)
        if known != i:
            code = "duplicate-id" if ids[known] == id_ else "similar-ids"
            at = locate(known)
            diagnostics.append(
                error(code, locate(i), found=id_, first=ids[known], first_file=at.file, first_line=at.line)
            )
    return diagnostics


def enterprise_ids(frame: pl.DataFrame, grid_ids: pl.Series) -> pl.Series:
    """Give every enterprise its id: its own, else its credit code, else name@grid; null where it has no name either.

    Parameters
    ----------
    frame
        The register.
    grid_ids
        Id of each enterprise's first grid; null where it has none.
    """
    made = pl.concat_str(pl.col("name"), pl.lit("@"), grid_ids.fill_null(""))
    code = pl.col("credit_code")
    return frame.select(
        pl.coalesce(pl.col("id"), pl.when(code != "").then(_slug(code)), _slug(made)).alias("id")
    ).to_series()


def _slug(text: pl.Expr) -> pl.Expr:
    """Slug a column as `terms.identity.slug` does a text."""
    return text.str.replace_all(f"{FORBIDDEN_IN_ID}+", "-").str.strip_chars("-")


def check_enterprise_ids(ids: pl.Series, register: Register, findings: Findings) -> None:
    """Find enterprises whose ids are equal, or differ only by case or width."""
    frame = pl.DataFrame({"id": ids, "fold": ids.str.normalize("NFKC").str.to_lowercase()}).with_row_index("at")
    for row in _repeated(frame, "fold").iter_rows(named=True):
        at, first = row["at"], row["first"]
        code = "duplicate-id" if ids[at] == ids[first] else "similar-ids"
        where = register.place(first)
        findings.add(
            error(
                code,
                register.place(at, "id"),
                found=ids[at],
                first=ids[first],
                first_file=where.file,
                first_line=where.line,
            )
        )


def _repeated(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    repeated = frame.filter(pl.col(column).is_not_null() & pl.col(column).is_duplicated())
    return repeated.with_columns(first=pl.col("at").first().over(column)).filter(pl.col("at") != pl.col("first"))
