"""Checks of people: certificates that end within the period, officers whom a team's cover leaves without rules."""

from __future__ import annotations

from safeplan.plan.plan import Plan
from safeplan.plan.rules.base import Rule
from safeplan.reading.findings import Findings
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.diagnostic import warning
from safeplan.terms.family import DEMANDS, Family


def check_people(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Warn of what the plan says of its officers and surely does not mean."""
    _certificates(plan, tree, findings)
    _left_without_rules(plan, tree, findings)


def _certificates(plan: Plan, tree: Mapping, findings: Findings) -> None:
    for code, officer in enumerate(plan.file.officers):
        ends = officer.certificate.expires if officer.certificate else None
        if ends is not None and ends < plan.last:
            place = place_of(tree, ("officers", code, "certificate", "expires"))
            found = "certificate-expired" if ends < plan.first else "certificate-ends"
            findings.add(warning(found, place, found=officer.id, name=officer.name, day=ends))


def _left_without_rules(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Warn of each officer whom no rule can send: a team covers their grids, and no role or pin names them."""
    sent = _sent_by_role_or_pin(plan)
    sent |= {code for grid in range(len(plan.file.grids)) for code in covering(plan, grid)}
    for code, officer in enumerate(plan.file.officers):
        if officer.grids and code not in sent and all(name in plan.grids for name in officer.grids):
            place = place_of(tree, ("officers", code))
            findings.add(warning("officer-without-rules", place, found=officer.id, name=officer.name))


def _sent_by_role_or_pin(plan: Plan) -> set[int]:
    sent: set[int] = set()
    roles = {rule.by for rule in every_rule(plan) if rule.by is not None}
    for role in roles:
        if role in plan.teams:
            sent |= members(plan, plan.teams[role])
        else:
            sent |= {
                plan.officers[holder.officer]
                for grid in plan.file.grids
                for holder in grid.roles.get(role, ())
                if holder.officer in plan.officers
            }
    for pin in plan.file.pins:
        sent |= {plan.officers[name] for name in (*pin.officers, *pin.with_) if name in plan.officers}
    return sent


def every_rule(plan: Plan) -> list[Rule]:
    """Give every rule of the plan that brings visits, those that are not scheduled yet too."""
    file = plan.file
    rules: list[Rule] = [*file.classes.values(), *file.patrols, *file.pins, *file.quotas, *file.spot_checks]
    rules += [*file.holidays, *file.triggers]
    rules += [line for lines in file.priorities.values() for line in lines]
    for campaign in file.campaigns:
        rules += [campaign, *campaign.phases]
    return rules


def members(plan: Plan, team: int) -> set[int]:
    """Give the members of a team."""
    return {
        code
        for code, officer in enumerate(plan.file.officers)
        if any(plan.teams.get(name) == team for name in officer.teams)
    }


def serving(plan: Plan, grid: int) -> set[int]:
    """Give the officers whose `grids` name a grid or one above it; everybody in a plan without grids."""
    if not plan.file.grids:
        return set(range(len(plan.file.officers)))
    above = set()
    while grid >= 0:
        above.add(grid)
        grid = plan.grid_parent[grid]
    return {
        code
        for code, officer in enumerate(plan.file.officers)
        if any(plan.grids.get(name, -1) in above for name in officer.grids)
    }


def covering(plan: Plan, grid: int) -> set[int]:
    """Give who makes a grid's visits when the rule names nobody: the first team that covers it, else who serves it."""
    here = serving(plan, grid)
    for team in range(len(plan.file.teams)):
        group = members(plan, team)
        if group & here:
            roaming = {code for code in group if not plan.file.officers[code].grids}
            return (group & here) | roaming
    return here


def can_make(plan: Plan, who: set[int], family: Family, people: int, skills: tuple[str, ...]) -> bool:
    """Whether some of these officers can ever be a crew for a family: numbers, certificates and skills, leave aside."""
    demands = DEMANDS[family]
    certified = {code for code in who if is_certified(plan, code)}
    if len(who) < max(people, demands.people) or len(certified) < demands.certified:
        return False
    holders = certified if demands.certified else who
    return all(any(skill in plan.file.officers[code].skills for code in holders) for skill in skills)


def is_certified(plan: Plan, code: int) -> bool:
    """Whether an officer is certified on some day of the plan's period."""
    certificate = plan.file.officers[code].certificate
    return certificate is not None and (certificate.expires is None or certificate.expires >= plan.first)
