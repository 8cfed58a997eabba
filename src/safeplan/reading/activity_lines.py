"""Activity lines: dated work that is not a visit, with its id, its place and the grids it is for (rules.md, Ids)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from safeplan.plan.file import PlanFile
from safeplan.plan.plan import ActivityLine, RuleLine
from safeplan.plan.rules.activities import Activity
from safeplan.reading.problems import Path
from safeplan.reading.rule_lines import grids_chosen
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.identity import folded, slug
from safeplan.terms.origin import Place

Locate = Callable[[Path], Place]


def activity_lines(
    file: PlanFile,
    grid_parent: tuple[int, ...],
    grids: Mapping[str, int],
    rules: Sequence[RuleLine],
    locate: Locate,
) -> tuple[tuple[ActivityLine, ...], list[Diagnostic]]:
    """List the activities, then the work of campaigns' phases, in the order of the plan.

    Parameters
    ----------
    grid_parent
        Code of each grid's parent, -1 at the top.
    grids
        What the names of grids mean.
    rules
        Of which no id may stand twice.
    locate
        Gives the place of a path.
    """
    lines = [*_written(file, grid_parent, grids, locate), *_of_phases(file, locate)]
    return tuple(lines), _equal_ids(rules, lines)


def _written(
    file: PlanFile, grid_parent: tuple[int, ...], grids: Mapping[str, int], locate: Locate
) -> Iterator[ActivityLine]:
    for i, model in enumerate(file.activities):
        each = model.each.grids if model.each else None
        chosen = grids_chosen(each, file, grid_parent, grids) if each else ()
        yield ActivityLine(model.id or f"activity-{slug(model.name)}", model, locate(("activities", i)), chosen)


def _of_phases(file: PlanFile, locate: Locate) -> Iterator[ActivityLine]:
    for i, campaign in enumerate(file.campaigns):
        for j, phase in enumerate(campaign.phases):
            if not phase.activity:
                continue
            names = "-".join(slug(name) for name in (campaign.id or campaign.name, phase.name) if name)
            owner = () if phase.owner is None else (phase.owner,)
            model = Activity(name=phase.activity, owner=owner, source=phase.source or campaign.source)
            place = locate(("campaigns", i, "phases", j))
            yield ActivityLine(f"activity-{phase.id or names}", model, place, phase=phase)


def _equal_ids(rules: Sequence[RuleLine], lines: Sequence[ActivityLine]) -> list[Diagnostic]:
    """Find activities whose ids are those of another or of a rule, or differ only by case or width."""
    first: dict[str, RuleLine | ActivityLine] = {folded(rule.id): rule for rule in rules}
    diagnostics = []
    for line in lines:
        known = first.setdefault(folded(line.id), line)
        if known is not line:
            diagnostics.append(
                error("duplicate-rule-id", line.place, found=line.id, first_line=known.place.line, first=known.id)
            )
    return diagnostics
