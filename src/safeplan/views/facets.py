"""By whom, where and in which week: what a reader may narrow the tables of a plan's documents by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from safeplan.core.spelling import codes_of
from safeplan.document import Facet
from safeplan.plan.plan import Plan
from safeplan.words.dates import week_text
from safeplan.words.language import Words

Shows = tuple[Sequence[tuple[int, ...]] | None, ...]
"""What `Table.facets` holds."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The facets officer, grid and week of a document about a plan, and which of their choices show what.

    `above` gives, for the code of each grid, the choices of itself and of all above it; `monday` is that of the first
    of `weeks` weeks.
    """

    facets: tuple[Facet, ...]
    plan: Plan
    above: Sequence[tuple[int, ...]]
    monday: date
    weeks: int

    def of(self, rows: pl.DataFrame, first: str, last: str, officers: str = "officers") -> Shows:
        """Give what shows each row: who goes, where (its grid, else the enterprise's) and every week of its days."""
        who = rows[officers].to_list() if officers in rows.columns else [()] * len(rows)
        homes = self._homes(rows.filter(pl.col("grid").is_null())["enterprise"].drop_nulls())
        where = zip(rows["grid"], rows["enterprise"], strict=True)
        return (
            [tuple(self.plan.officers[one] for one in ids if one in self.plan.officers) for ids in who],
            [self.of_grid(self.plan.grids[grid]) if grid else homes.get(id_, ()) for grid, id_ in where],
            [self._weeks(*days) for days in zip(rows[first], rows[last], strict=True)],
        )

    def of_grid(self, code: int) -> tuple[int, ...]:
        """Give what shows a grid; -1 is none."""
        return self.above[code] if code >= 0 else ()

    def _homes(self, ids: pl.Series) -> dict[str, tuple[int, ...]]:
        """Give what shows enterprises: all grids in which they lie at some time."""
        wanted = codes_of(self.plan).filter(pl.col("enterprise").is_in(ids.to_list()))
        spans = wanted.rename({"enterprise": "id"}).join(self.plan.grid_spans, left_on="code", right_on="enterprise")
        lies: dict[str, set[int]] = {}
        for id_, grid in spans.select("id", "grid").iter_rows():
            lies.setdefault(id_, set()).update(self.above[grid])
        return {id_: tuple(sorted(choices)) for id_, choices in lies.items()}

    def _weeks(self, first: date | None, last: date | None) -> tuple[int, ...]:
        if first is None or last is None:
            return ()
        from_, to = ((day - self.monday).days // 7 for day in (first, last))
        return tuple(range(max(from_, 0), min(to, self.weeks - 1) + 1))


def narrowing(plan: Plan, days: Collection[date], words: Words) -> Narrowing:
    """Make the facets of a document that tells of the time from the first to the last of some days."""
    officers = _told_apart([(one.id, one.name) for one in plan.file.officers], words)
    grids = _told_apart([(one.id, one.name) for one in plan.file.grids], words)
    tree = _tree(plan.grid_parent)
    place = {code: choice for choice, (code, _) in enumerate(tree)}
    monday = min(days) - timedelta(days=min(days).weekday())
    weeks = [monday + timedelta(weeks=n) for n in range((max(days) - monday).days // 7 + 1)]
    return Narrowing(
        facets=(
            Facet(words("Officer"), tuple(officers)),
            Facet(words("Grid"), tuple("\u3000" * depth + grids[code] for code, depth in tree)),
            Facet(words("Week"), tuple(week_text(words, one) for one in weeks)),
        ),
        plan=plan,
        above=[tuple(place[one] for one in _way_up(plan.grid_parent, code)) for code in range(len(grids))],
        monday=monday,
        weeks=len(weeks),
    )


def _told_apart(named: Sequence[tuple[str, str]], words: Words) -> list[str]:
    """Give the names; where several have one, with their ids."""
    often = Counter(name for _, name in named)
    return [name if often[name] == 1 else words("{name} ({id})", name=name, id=id_) for id_, name in named]


def _tree(parents: Sequence[int]) -> list[tuple[int, int]]:
    """Give every grid's code and depth, each followed by those below it."""
    below: dict[int, list[int]] = {}
    for code, parent in enumerate(parents):
        below.setdefault(parent, []).append(code)

    def under(parent: int, depth: int) -> Iterator[tuple[int, int]]:
        for code in below.get(parent, ()):
            yield code, depth
            yield from under(code, depth + 1)

    return list(under(-1, 0))


def _way_up(parents: Sequence[int], code: int) -> Iterator[int]:
    while code >= 0:
        yield code
        code = parents[code]
