"""References: every id that a plan mentions, found by walking its models, and whether it means something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from safeplan.plan.fields import Reference
from safeplan.plan.file import PlanFile
from safeplan.plan.selector import Among, Compared, Either, Every, Not, Where, columns_of
from safeplan.reading.names import PlanNames
from safeplan.reading.problems import Path, near
from safeplan.terms.diagnostic import Diagnostic, TermError, error
from safeplan.terms.frequency import Frequency
from safeplan.terms.origin import Place

Locate = Callable[[Path], Place | None]

_WHERE = (Among, Compared, Every, Either, Not)
_BY_REGISTER = frozenset({"enterprises"})
"""Keys whose references are resolved with the register, by columns."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value met on the walk, and its path in the plan."""

    path: Path
    value: object


def walk(value: object, path: Path = ()) -> Iterator[Found]:
    """Give every reference, frequency, selector and model of a plan, each with its path; models before their parts."""
    if isinstance(value, (Reference, Frequency, *_WHERE)):
        yield Found(path, value)
    elif isinstance(value, BaseModel):
        yield Found(path, value)
        for name, field in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from walk(item, (*path, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, str(key)))


def found_in(file: PlanFile) -> list[Found]:
    """Walk a plan file, its enterprises left out."""
    return [
        found
        for name, field in PlanFile.model_fields.items()
        if name not in _BY_REGISTER
        for found in walk(getattr(file, name), (field.alias or name,))
    ]


def check_references(found: list[Found], names: PlanNames, locate: Locate) -> list[Diagnostic]:
    """Check officers, teams, grids, classes, carriers, owners and seasons; enterprises are the register's.

    Texts that mean something are among the lookups' codes afterwards, in whatever spelling the plan has them.
    """
    diagnostics: list[Diagnostic] = []
    for one in found:
        try:
            if isinstance(one.value, Reference):
                _check(one.value, names)
            elif isinstance(one.value, Frequency) and one.value.season is not None:
                _check_season(one.value.season, names)
            elif isinstance(one.value, _WHERE):
                _check_where(one.value, names)
        except TermError as problem:
            diagnostics.append(error(problem.code, locate(one.path), **problem.values))
    return diagnostics


def _check(reference: Reference, names: PlanNames) -> None:
    if reference.kind == "season":
        _check_season(reference, names)
    elif reference.kind in ("carrier", "owner"):
        lookup = names.teams if reference.kind == "carrier" else names.officers
        if reference not in names.roles and reference not in lookup:
            known = (*lookup.codes, *sorted(names.roles))
            raise TermError(
                f"unknown-{reference.kind}", found=str(reference), expected=known, suggestion=near(reference, known)
            )
    elif reference.kind != "enterprise":
        names.of(reference.kind).find(reference)


def _check_season(season: str, names: PlanNames) -> None:
    if season not in names.seasons:
        known = tuple(sorted(names.seasons))
        raise TermError("unknown-season", found=season, expected=known, suggestion=near(season, known))


def _check_where(where: Where, names: PlanNames) -> None:
    for column, values in columns_of(where):
        if column in ("class", "grid"):
            for value in values:
                if value != "none":
                    names.of(column).find(value)


def check_dates(found: list[Found], locate: Locate) -> list[Diagnostic]:
    """Find every pair of days that is the wrong way round: from/to, and an event's day/until."""
    diagnostics = []
    for one in found:
        for first, last in (("from_", "to"), ("day", "until")):
            early, late = getattr(one.value, first, None), getattr(one.value, last, None)
            if isinstance(early, date) and isinstance(late, date) and late < early:
                place = locate((*one.path, last))
                diagnostics.append(error("reversed-dates", place, found=f"{early}/{late}", first=early, last=late))
    return diagnostics
