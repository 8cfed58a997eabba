"""Reading a plan: YAML and tables into a Plan, with every problem at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from safeplan.plan.file import PlanFile
from safeplan.plan.official import OfficialDays
from safeplan.plan.plan import Input, Plan
from safeplan.reading.enterprises import register_of
from safeplan.reading.file import own_columns, period_of, plan_file
from safeplan.reading.findings import Findings
from safeplan.reading.limits import Limits
from safeplan.reading.presets import lay_presets_under
from safeplan.reading.tables import include_tables
from safeplan.reading.unset import without_unset
from safeplan.reading.yaml_tree import Mapping, lines_of, place_of, read_tree
from safeplan.terms.diagnostic import Diagnostic, TermError, error, has_errors
from safeplan.terms.origin import Place
from safeplan.terms.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading a plan gave.

    Attributes
    ----------
    plan
        None when there is an error among the diagnostics.
    file
        The models, as far as they could be made.
    tree
        The merged plan, every value with its place (a preset's file is `preset:NAME`); None when it cannot be read.
    diagnostics
        Every problem, in the order of the file.
    sources
        Name of the plan file → its lines, for messages that quote them.
    """

    plan: Plan | None
    file: PlanFile | None
    tree: Mapping | None
    diagnostics: tuple[Diagnostic, ...]
    sources: MappingType[str, Sequence[str]]


def read_plan(path: FilePath, limits: Limits | None = None, progress: Progress = silent) -> ReadResult:
    """Read a plan file with its tables and presets.

    Parameters
    ----------
    path
        The YAML file; tables are looked for beside it and below.
    limits
        Sizes above which files are refused, and how many diagnostics of a code are kept.
    progress
        Is told its stages (read, check).

    Raises
    ------
    OSError
        When the plan file itself cannot be opened.
    """
    progress("read", 0.0)
    limits = limits or Limits()
    data = path.read_bytes()
    tree, problems = read_tree(data, path.name, limits)
    sources = {path.name: lines_of(data)} if len(data) <= limits.plan_bytes else {}
    if tree is None:
        return ReadResult(None, None, None, tuple(problems), sources)
    findings = Findings(limits.of_a_code)
    findings.extend(problems)
    result = _resolved(path, tree, Input(path.name, hashlib.sha256(data).hexdigest()), findings, limits, progress)
    return replace(result, sources=sources)


def _resolved(
    path: FilePath, tree: Mapping, plan_input: Input, findings: Findings, limits: Limits, progress: Progress
) -> ReadResult:
    from safeplan.reading.check_activities import check_dated_work
    from safeplan.reading.checks import CONSEQUENCES, check_plan
    from safeplan.reading.resolve import resolve

    tree, problems = lay_presets_under(tree)
    findings.extend(problems)
    included = include_tables(tree, path.parent, limits)
    findings.extend(included.diagnostics)
    tree, problems = without_unset(included.tree)
    findings.extend(problems)
    tree, own = own_columns(tree)
    made = plan_file(tree)
    findings.extend(made.diagnostics)
    if made.file is None:
        return _result(None, None, tree, findings)
    file, tree = made.file, made.tree
    period = period_of(tree)
    register, problems = register_of(
        tree,
        file.enterprises,
        [own[i] for i in made.enterprises],
        included.registers,
        year=period.first.year if period else None,
        classes=frozenset(file.classes),
        required=["name", *(["class_"] if file.classes else []), *(["grid"] if file.grids else [])],
        limits=limits,
    )
    findings.extend(problems)
    official = _official(file, tree, findings)
    inputs = (plan_input, *included.inputs)
    plan, problems = resolve(file, tree, register, official, inputs, limits)
    findings.extend(one for one in problems if one.values.get("found") not in made.lost)
    progress("check", 0.0)
    wrong = has_errors(findings.listed())
    checked = check_plan(plan, tree, included.tree, register, limits)
    findings.extend(one for one in checked if not (wrong and one.code in CONSEQUENCES))
    if not has_errors(findings.listed()):
        findings.extend(check_dated_work(plan))
    return _result(plan, file, tree, findings)


def _official(file: PlanFile, tree: Mapping, findings: Findings) -> OfficialDays:
    from safeplan.reading.official import official_days

    try:
        return official_days(file.period, file.calendar)
    except TermError as problem:
        findings.add(error(problem.code, place_of(tree, ("calendar", "country")), **problem.values))
        return OfficialDays(frozenset(), frozenset(), frozenset())


def _result(plan: Plan | None, file: PlanFile | None, tree: Mapping, findings: Findings) -> ReadResult:
    diagnostics = tuple(sorted(findings.listed(), key=_in_order))
    if plan is None or has_errors(diagnostics):
        return ReadResult(None, file, tree, diagnostics, {})
    return ReadResult(replace(plan, diagnostics=diagnostics), file, tree, diagnostics, {})


def _in_order(diagnostic: Diagnostic) -> tuple[bool, str, int, int]:
    """Put the plan's own problems by line, then those of tables; the order of finding holds within a place."""
    place = diagnostic.place or Place("")
    return place.sheet is not None or place.field is not None, place.file, place.line or 0, place.column or 0
