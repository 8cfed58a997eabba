"""Rule lines: every rule that brings visits, with its id, its place and what its references mean (rules.md, Ids)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from safeplan.plan.file import PlanFile
from safeplan.plan.plan import RuleLine
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.patrols import GridSelector
from safeplan.plan.rules.pins import pin_id
from safeplan.reading.dated_lines import dated_lines
from safeplan.reading.drawn_lines import drawn_lines
from safeplan.reading.problems import Path
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.identity import folded, slug
from safeplan.terms.origin import Place
from safeplan.terms.reason import Kind

Locate = Callable[[Path], Place]


def rule_lines(
    file: PlanFile,
    grid_parent: tuple[int, ...],
    grids: Mapping[str, int],
    enterprises: Mapping[str, int],
    ids: Mapping[int, str],
    locate: Locate,
) -> tuple[tuple[RuleLine, ...], list[Diagnostic]]:
    """List the rules that bring visits, in the order of the plan.

    Parameters
    ----------
    grid_parent
        Code of each grid's parent, -1 at the top.
    grids, enterprises
        What the texts in the rules mean.
    ids
        Id of each enterprise that the plan names, by its code.
    locate
        Gives the place of a path.
    """
    lines = [
        *_classes(file, locate),
        *_dated(file, grids, enterprises, locate),
        *_patrols(file, grid_parent, grids, locate),
        *_pins(file, enterprises, ids, locate),
        *_drawn(file, locate),
    ]
    return tuple(lines), _equal_ids(lines)


def _classes(file: PlanFile, locate: Locate) -> Iterator[RuleLine]:
    for code, (key, rule) in enumerate(file.classes.items()):
        id_ = rule.id or f"class-{slug(key)}"
        model = _with_defaults(file, rule)
        yield RuleLine(id_, Kind.CLASS, rule.label or rule.name or key, model, locate(("classes", key)), class_=code)


def _dated(
    file: PlanFile, grids: Mapping[str, int], enterprises: Mapping[str, int], locate: Locate
) -> Iterator[RuleLine]:
    for line in dated_lines(file, grids, enterprises, locate):
        yield replace(line, model=_with_defaults(file, line.model))


def _drawn(file: PlanFile, locate: Locate) -> Iterator[RuleLine]:
    for line in drawn_lines(file, locate):
        yield replace(line, model=_with_defaults(file, line.model))


def _patrols(
    file: PlanFile, grid_parent: tuple[int, ...], grids: Mapping[str, int], locate: Locate
) -> Iterator[RuleLine]:
    for i, rule in enumerate(file.patrols):
        id_ = rule.id or f"patrol-{slug(rule.name)}"
        chosen = grids_chosen(rule.grids, file, grid_parent, grids)
        model = _with_defaults(file, rule)
        yield RuleLine(id_, Kind.PATROL, rule.name, model, locate(("patrols", i)), grids=chosen)


def _pins(file: PlanFile, enterprises: Mapping[str, int], ids: Mapping[int, str], locate: Locate) -> Iterator[RuleLine]:
    for i, pin in enumerate(file.pins):
        code = enterprises.get(pin.enterprise)
        name = pin.name or pin.reason
        model = _with_defaults(file, pin)
        subject = pin.enterprise if code is None else ids[code]
        yield RuleLine(pin.id or pin_id(subject, pin), Kind.PIN, name, model, locate(("pins", i)), enterprise=code)


def _with_defaults(file: PlanFile, rule: Rule) -> Rule:
    """Lay the plan's default importance under a rule; the core lays the other defaults, which depend on merging."""
    if rule.priority is not None or file.defaults.priority is None:
        return rule
    return rule.model_copy(update={"priority": file.defaults.priority})


def grids_chosen(
    selector: GridSelector, file: PlanFile, grid_parent: tuple[int, ...], grids: Mapping[str, int]
) -> tuple[int, ...]:
    """Give the codes of the grids that a selector chooses, in the order of the plan; several keys must all hold."""
    parents = set(grid_parent)
    ids = {grids[one] for one in selector.id if one in grids}
    chosen = []
    for code, grid in enumerate(file.grids):
        if (
            (not selector.id or code in ids)
            and (selector.level is None or grid.level == selector.level)
            and (selector.name is None or grid.name == selector.name)
            and (selector.leaf is None or (code not in parents) == selector.leaf)
            and (selector.below is None or grids.get(selector.below, -1) in _upwards(code, grid_parent))
        ):
            chosen.append(code)
    return tuple(chosen)


def _upwards(code: int, grid_parent: tuple[int, ...]) -> list[int]:
    path: list[int] = []
    while code >= 0 and code not in path:
        path.append(code)
        code = grid_parent[code]
    return path


def _equal_ids(lines: list[RuleLine]) -> list[Diagnostic]:
    """Find rules whose ids are equal, or differ only by case or width."""
    first: dict[str, RuleLine] = {}
    diagnostics = []
    for line in lines:
        known = first.setdefault(folded(line.id), line)
        if known is not line:
            diagnostics.append(
                error("duplicate-rule-id", line.place, found=line.id, first_line=known.place.line, first=known.id)
            )
    return diagnostics
