"""Checks of modifiers: a factor that rounding takes back wherever it could hold."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.core.rules.modifiers import factor_of
from safeplan.plan.plan import Plan
from safeplan.plan.selector import Among, Every, Where
from safeplan.reading.findings import Findings
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.diagnostic import Diagnostic, warning


def check_modifiers(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Find modifiers that change nothing for a class, even where they hold for the whole of a unit."""
    findings.extend(_without_effect(plan, tree))


def _without_effect(plan: Plan, tree: Mapping) -> Iterator[Diagnostic]:
    held = set(plan.class_spans["class_"].unique().to_list())
    for i, modifier in enumerate(plan.file.modifiers):
        factor, only = factor_of(modifier), _classes_of(modifier.where, plan)
        for code, (key, model) in enumerate(plan.file.classes.items()):
            if code not in held or (only is not None and code not in only) or model.visits is None or factor == 1:
                continue
            figure = factor * model.visits.times
            whole = (2 * figure.numerator + figure.denominator) // (2 * figure.denominator)
            if whole == model.visits.times:
                yield warning(
                    "modifier-without-effect",
                    place_of(tree, ("modifiers", i, "times")),
                    found=modifier.name or str(i + 1),
                    name=model.label or key,
                    often=str(model.visits),
                    times=f"{modifier.times:g}",
                    figure=f"{float(figure):g}",
                    n=whole,
                )


def _classes_of(where: Where, plan: Plan) -> set[int] | None:
    """Give the classes outside which a selector chooses nobody; None: it does not say."""
    match where:
        case Among("class", values):
            return {plan.classes[value] for value in values if value in plan.classes}
        case Every(parts):
            said = [one for one in (_classes_of(part, plan) for part in parts) if one is not None]
            return set.intersection(*said) if said else None
        case _:
            return None
