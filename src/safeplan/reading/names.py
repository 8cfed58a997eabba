"""Names: which officer, team, grid or class a text of the plan means - its id, else a name that only one has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from safeplan.plan.file import PlanFile
from safeplan.plan.grids import Grid
from safeplan.plan.people import Officer, Team
from safeplan.reading.problems import near
from safeplan.terms.diagnostic import TermError
from safeplan.terms.identity import folded

_CHINESE_LETTERS = str.maketrans("甲乙丙丁戊", "abcde")


@dataclass(slots=True)
class Lookup:
    """What texts mean: id → code, then names, then the same in another case or width.

    `codes` is what the Plan keeps: every id, every name that only one has, and each other spelling that was met.
    """

    kind: str
    ids: tuple[str, ...]
    codes: dict[str, int] = field(default_factory=dict)
    _shared: dict[str, list[str]] = field(default_factory=dict)
    _folded: dict[str, int | None] = field(default_factory=dict)

    def find(self, text: str) -> int:
        """Give the code of what a text means.

        Raises
        ------
        TermError
            `unknown-KIND`, or `ambiguous-name` when several have it.
        """
        if text in self:
            return self.codes[text]
        if text in self._shared:
            raise TermError("ambiguous-name", found=text, expected=tuple(self._shared[text]))
        raise TermError(f"unknown-{self.kind}", found=text, expected=self.ids, suggestion=near(text, self.codes))

    def __contains__(self, text: str) -> bool:
        if text in self.codes:
            return True
        code = None if text in self._shared else self._folded.get(_fold(self.kind, text))
        if code is not None:
            self.codes[text] = code
        return code is not None


def lookup(kind: str, ids: Iterable[str], names: Iterable[str]) -> Lookup:
    """Make a lookup of things in the order of their codes; an empty name is none."""
    ids = tuple(ids)
    made = Lookup(kind, ids)
    for code, id_ in enumerate(ids):
        made.codes.setdefault(id_, code)
    holders: dict[str, list[int]] = {}
    for code, name in enumerate(names):
        if name and name not in ids:
            holders.setdefault(name, []).append(code)
    for name, codes in holders.items():
        if len(codes) == 1:
            made.codes[name] = codes[0]
        else:
            made._shared[name] = [ids[code] for code in codes]
    for text, code in made.codes.items():
        fold = _fold(kind, text)
        made._folded[fold] = code if made._folded.get(fold, code) == code else None
    return made


def _fold(kind: str, text: str) -> str:
    """Fold case and width; a class may be written a, Ａ, A类, A级 or 甲."""
    text = folded(text.strip())
    if kind != "class":
        return text
    return text.removesuffix("类").removesuffix("级").removesuffix("等").strip().translate(_CHINESE_LETTERS)


@dataclass(frozen=True, slots=True)
class PlanNames:
    """The lookups of a plan, and its roles and seasons."""

    officers: Lookup
    teams: Lookup
    grids: Lookup
    classes: Lookup
    roles: frozenset[str]
    seasons: frozenset[str]

    def of(self, kind: str) -> Lookup:
        """Give the lookup of a kind of reference."""
        lookups = {"officer": self.officers, "team": self.teams, "grid": self.grids, "class": self.classes}
        return lookups[kind]


def names_of(file: PlanFile) -> PlanNames:
    """Make the lookups of a plan file."""
    return PlanNames(
        officers=lookup("officer", *_ids_and_names(file.officers)),
        teams=lookup("team", *_ids_and_names(file.teams)),
        grids=lookup("grid", *_ids_and_names(file.grids)),
        classes=lookup("class", file.classes, (one.label for one in file.classes.values())),
        roles=frozenset(role for grid in file.grids for role in grid.roles)
        | frozenset(role for staffing in file.staffing for role in staffing.roles),
        seasons=frozenset(file.seasons),
    )


def _ids_and_names(things: Sequence[Officer] | Sequence[Team] | Sequence[Grid]) -> tuple[list[str], list[str]]:
    return [one.id for one in things], [one.name for one in things]
