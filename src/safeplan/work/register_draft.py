"""What a plan can say about a register: which column is what, which villages, which classes, and what stays open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from safeplan.plan.selection import HEADINGS
from safeplan.reading.header import normalised
from safeplan.reading.names import lookup
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.identity import folded, slug
from safeplan.terms.text import is_placeholder
from safeplan.work.register_columns import LATER, Ask, Columns, Mapped, Question, SetAside
from safeplan.work.register_guess import counted_texts
from safeplan.work.register_sheet import RegisterError, RegisterSheet

PRESET_CLASSES = {"A": "A类", "B": "B类", "C": "C类"}
"""The classes of the preset seed-abc, with their labels."""
FREQUENCIES = ("1 per month", "1 per quarter", "1 per half-year", "1 per year")

_TOWN_HEADINGS = frozenset(
    {
        "镇街",
        "乡镇",
        "街道",
        "镇",
        "乡",
        "乡镇街道",
        "镇街道",
        "所属镇街",
        "所属乡镇",
        "所属街道",
        "所属镇",
        "属地",
        "town",
    }
)
_TOWN = re.compile(r"([\u4e00-\u9fff]{1,6}?(?:街道|镇|乡|开发区))")
_LETTER = re.compile(r"([A-Z甲乙丙丁戊])(?:类|级|等)?")
_LETTERS = str.maketrans("甲乙丙丁戊", "ABCDE")
_SEVERAL = re.compile(r"[/、,，;；+和|]")
_NO_CLASS = frozenset({"无", "未分类", "未定", "待定", "未评", "未评级", "未定级", "none"})
_LEVELS = (
    ("社区", "社区"),
    ("居委会", "社区"),
    ("居民委员会", "社区"),
    ("村", "村"),
    ("村委会", "村"),
    ("村民委员会", "村"),
)


@dataclass(frozen=True, slots=True)
class Village:
    """A grid of the register; `like` is the id of the village of whose name it is another spelling."""

    id: str
    name: str
    level: str
    n: int
    like: str | None = None


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A class of the register: one of the preset's, or with a frequency that somebody said, or open (`visits` None).

    `mixed`: its text names several classes (A/B); nothing is planned before one of them is chosen.
    """

    id: str
    label: str
    n: int
    preset: bool = False
    visits: str | None = None
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the text of a plan says about a register.

    Attributes
    ----------
    sheet, header
        None where reading the plan finds them without being told.
    columns, aside, kept
        Headings that the plan maps; those that fill nothing although they could, with the reason; and the others.
    town_known
        Whether the register or the clerk says what the town is called.
    diagnostics
        What was found wrong and `safeplan check` no longer sees.
    """

    file: str
    sheet: str | None
    header: int | None
    town: str
    town_level: str
    town_known: bool
    columns: tuple[Mapped, ...]
    aside: tuple[SetAside, ...]
    kept: tuple[str, ...]
    villages: tuple[Village, ...]
    classes: tuple[FoundClass, ...]
    has_classes: bool
    has_grids: bool
    has_coordinates: bool
    enterprises: int
    diagnostics: tuple[Diagnostic, ...]


def draft_register(found: RegisterSheet, ask: Ask, town: str) -> Draft:
    """Work out what a plan says about a register.

    Parameters
    ----------
    found
        The sheet.
    ask
        Is asked what the register does not tell.
    town
        What the town is called when nobody says so.

    Raises
    ------
    RegisterError
        No column holds the names of enterprises.
    """
    columns = Columns(found)
    columns.choose()
    columns.guess()
    columns.ask_for("name", "name-column", ask)
    if "name" not in columns.by_field:
        raise RegisterError([_without_names(found)])
    columns.ask_for("class_", "class-column", ask)
    columns.ask_for("grid", "grid-column", ask)
    columns.set_codes_aside()
    named = _town_of(found)
    asked = named or (ask(Question("town", (), town)) if "grid" in columns.by_field else town)
    if not asked or is_placeholder(asked):
        asked = town
    return Draft(
        file=found.path.name,
        sheet=None if found.alone else found.cells.sheet,
        header=found.header.last_row if found.strange else None,
        town=asked,
        town_level=next((level for level in ("街道", "镇", "乡", "开发区") if asked.endswith(level)), ""),
        town_known=bool(named) or asked != town,
        columns=tuple(columns.mapped.values()),
        aside=tuple(columns.aside.values()),
        kept=tuple(one.heading for one in columns.free() if one.heading not in columns.aside),
        villages=tuple(_villages(columns.texts("grid"), asked)),
        classes=tuple(_classes(columns.texts("class_"), ask)),
        has_classes="class_" in columns.by_field,
        has_grids="grid" in columns.by_field,
        has_coordinates={"latitude", "longitude"} <= columns.by_field.keys(),
        enterprises=found.frame.height,
        diagnostics=tuple(columns.diagnostics),
    )


def _without_names(found: RegisterSheet) -> Diagnostic:
    expected = tuple(heading for heading, field in HEADINGS.items() if field == "name")
    written = tuple(one.heading for one in found.header.columns)
    return error("missing-column", found.cells.place(), found=written, expected=expected, key="name")


def _town_of(found: RegisterSheet) -> str:
    """Find the town: the one text of a column of towns, or what a title above the headings begins with."""
    for column in found.header.columns:
        if normalised(column.heading) in _TOWN_HEADINGS:
            texts = counted_texts(found.frame[column.name])
            if len(texts) == 1 and not _VARIANT.search(texts[0][0]):
                return texts[0][0]
    above = found.cells.frame.filter(pl.col("row") < found.header.first_row)
    for text in (cell for row in above.drop("row").iter_rows() for cell in row if cell):
        match = _TOWN.match("".join(text.split()))
        if match:
            return match[1]
    return ""


_VARIANT = re.compile(r"\s")


def _villages(texts: pl.Series, town: str) -> Iterator[Village]:
    """List the villages, the largest first; another spelling of one (东 街村, 东街村委会) lies below it.

    Texts that the reading of a plan takes for the same, which differ by case or width, are one village.
    """
    ids = {folded(town)}
    names = {folded(town)}
    first: dict[str, str] = {_said(town): slug(town)}
    for text, n in counted_texts(texts):
        name = unicodedata.normalize("NFC", text.strip())
        if folded(name) in names or is_placeholder(name):  # xx, *村: the plan takes it as not set
            continue
        names.add(folded(name))
        plain = f"grid-{slug(name)}" if is_placeholder(slug(name)) else slug(name)
        id_, number = plain, 2
        while folded(id_) in ids or (id_ != name and folded(id_) in names):
            id_, number = f"{plain}-{number}", number + 1
        ids.add(folded(id_))
        names.add(folded(id_))
        like = first.setdefault(_said(name), id_)
        level = next((level for ending, level in _LEVELS if _said(name).endswith(ending)), "网格")
        yield Village(id_, name, level, n, None if like == id_ else like)


def _said(name: str) -> str:
    """Reduce a village's name to what is said: without spaces, the committee as its village."""
    plain = re.sub(r"\s", "", folded(name))
    return re.sub("(?:村民委员会|村委会|村委)$", "村", re.sub("村村(?:民委员会|委会|委)$", "村", plain))


def _classes(texts: pl.Series, ask: Ask) -> Iterator[FoundClass]:
    """List the classes as the plan will understand their texts; ask how often those outside the preset are visited."""
    labels = dict(PRESET_CLASSES)
    numbers: dict[str, int] = {}
    known = lookup("class", labels, labels.values())
    for text, n in counted_texts(texts):
        name = unicodedata.normalize("NFC", text.strip())
        if is_placeholder(name):
            continue
        if name not in known:
            letter = _LETTER.fullmatch(unicodedata.normalize("NFKC", name).upper())
            id_ = letter[1].translate(_LETTERS) if letter else slug(name)
            while id_ in known:
                id_ += "-2"
            labels[id_] = f"{id_}类" if letter else name
            known = lookup("class", labels, labels.values())
        id_ = known.ids[known.find(name)]
        numbers[id_] = numbers.get(id_, 0) + n
    for id_, label in labels.items():
        n = numbers.get(id_, 0)
        if id_ in PRESET_CLASSES:
            if n:
                yield FoundClass(id_, label, n, preset=True)
        elif _names_several(label):
            yield FoundClass(id_, label, n, mixed=True)
        elif id_ in _NO_CLASS:
            yield FoundClass(id_, label, n)
        else:
            visits = ask(Question("frequency", FREQUENCIES, LATER, {"name": label, "n": n}))
            yield FoundClass(id_, label, n, visits=visits or None)


def _names_several(name: str) -> bool:
    """Whether a text names several classes: A/B, 甲、乙."""
    parts = [part.strip() for part in _SEVERAL.split(name)]
    return len(parts) > 1 and all(_LETTER.fullmatch(unicodedata.normalize("NFKC", part).upper()) for part in parts)
