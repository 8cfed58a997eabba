"""The text of a new plan: one to learn from, or one about a register, with comments that teach the format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from string import Template

from wcwidth import wcswidth

from safeplan.plan.enterprise import Enterprise
from safeplan.terms.identity import slug
from safeplan.words.language import Words
from safeplan.words.plan_comments import COMMENTS
from safeplan.work.register_columns import Mapped
from safeplan.work.register_draft import Draft, FoundClass

SCHEMA_FILE = "safeplan.schema.json"
SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA_FILE}"

_PLAIN = re.compile(r"[A-Z]?[\u4e00-\u9fff][\u4e00-\u9fff\w（）.-]*|[A-Z]\d{0,6}|\d+ per [a-z]+(?:-[a-z]+)?")
_COMMENT_COLUMN = 40
_WIDEST = 120
_LISTED = 30


def starting_plan(year: int, words: Words) -> str:
    """Give a small plan that schedules as it stands, in the language of the words."""
    template = files("safeplan.work") / "templates" / f"plan.{words.language}.yaml"
    return Template(template.read_text(encoding="utf-8")).safe_substitute(year=year, next_year=year + 1)


def register_plan(draft: Draft, file: str, year: int, words: Words) -> str:
    """Give the plan of a register; `file` is where it lies, as the plan spells it."""
    return "\n".join(_lines(draft, file, year, _Comments(words))) + "\n"


def scalar(text: str) -> str:
    """Write a text as a YAML scalar that is safe in any place: plain where it is plainly a word, else quoted."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(one if one.isprintable() else _escape(one) for one in json.dumps(text, ensure_ascii=False))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class _Comments:
    """Says comments; what comes out of the register never ends the line."""

    def __init__(self, words: Words) -> None:
        self.language = words.language
        self._words = words

    def __call__(self, code: str, **values: object) -> str:
        said = self._words(COMMENTS[code], **values)
        return "".join(one if one.isprintable() else " " for one in said)

    def join(self, texts: tuple[str, ...]) -> str:
        shown = self._words(", ").join(texts[:_LISTED])
        return f"{shown} …" if len(texts) > _LISTED else shown


def _with(line: str, comment: str) -> str:
    """Put a comment behind a line, or above it where there is no room."""
    width = max(wcswidth(line), 0)
    behind = f"{line}{' ' * max(_COMMENT_COLUMN - width, 2)}# {comment}"
    if max(wcswidth(behind), 0) <= _WIDEST:
        return behind
    return f"{' ' * (len(line) - len(line.lstrip()))}# {comment}\n{line}"


def _lines(draft: Draft, file: str, year: int, say: _Comments) -> Iterator[str]:
    yield SCHEMA_LINE
    yield "#"
    yield f"# {say('from', file=draft.file)}"
    yield f"#   {say('run-check')}"
    yield f"#   {say('run-schedule')}"
    yield f"# {say('how')}"
    yield ""
    yield _with("safeplan: 1", say("version"))
    yield f"name: {scalar(say('plan-name', town=draft.town, year=year))}"
    yield _with(f"period: {year}", say("period", year=year, next_year=year + 1))
    yield _with(f"language: {'zh-CN' if say.language == 'zh_CN' else 'en'}", say("language"))
    if draft.has_coordinates:
        yield _with("# coordinates: gcj02", say("coordinates"))
    yield from _classes(draft, say)
    yield from _grids(draft, say)
    yield from _officers(draft, year, say)
    yield from _enterprises(draft, file, say)
    if not draft.has_classes and draft.has_grids:
        yield ""
        yield _with("patrols:", say("patrol"))
        yield f"  - {{name: {scalar(say('patrol-name'))}, grids: {{leaf: true}}, visits: 1 per month, minutes: 120}}"


def _classes(draft: Draft, say: _Comments) -> Iterator[str]:
    if not draft.has_classes:
        yield _with("# use: [seed-abc]", say("use-later"))
        return
    own = [one for one in draft.classes if not one.preset]
    preset = len(own) < len(draft.classes) or not own
    if preset:
        yield _with("use: [seed-abc]", say("use"))
    yield ""
    yield _with("classes:" if own else "# classes:", say("classes" if preset else "classes-own"))
    for one in draft.classes:
        if one.preset:
            yield f"  # {one.id}: {say('class-preset', n=one.n)}"
    for one in own:
        yield from _own_class(one, say)


def _own_class(one: FoundClass, say: _Comments) -> Iterator[str]:
    label = scalar(one.label)
    line = f"  {scalar(one.id)}: {{label: {label}"
    if one.visits:
        yield _with(f"{line}, visits: {scalar(one.visits)}, family: patrol}}", say("class-said", n=one.n))
        return
    if one.mixed:
        yield _with(f"{line}}}", say("class-mixed", n=one.n))
        return
    yield _with(f"{line}}}", say("class-open", n=one.n))
    yield f"  # {scalar(one.id)}: {{label: {label}, visits: 1 per year, family: patrol}}"


def _grids(draft: Draft, say: _Comments) -> Iterator[str]:
    yield ""
    if not draft.has_grids:
        yield f"# grids: {say('no-grids')}"
        return
    town = slug(draft.town)
    yield _with("grids:", say("grids", town=draft.town, n=sum(not one.like for one in draft.villages)))
    level = f", level: {scalar(draft.town_level)}" if draft.town_level else ""
    line = f"  - {{id: {scalar(town)}, name: {scalar(draft.town)}{level}}}"
    yield line if draft.town_known else _with(line, say("town-unknown"))
    for one in draft.villages:
        parent = scalar(one.like or town)
        line = f"  - {{id: {scalar(one.id)}, name: {scalar(one.name)}, level: {scalar(one.level)}, parent: {parent}}}"
        yield _with(line, say("grid-like", n=one.n, like=one.like) if one.like else say("grid", n=one.n))


def _officers(draft: Draft, year: int, say: _Comments) -> Iterator[str]:
    yield ""
    yield _with("officers:", say("officers"))
    grids = f", grids: [{scalar(slug(draft.town))}]" if draft.has_grids else ""
    for number in (1, 2):
        name, certificate = scalar(say(f"officer-{number}")), scalar(say("certificate"))
        yield f"  - {{id: officer-{number}, name: {name}{grids}, certificate: {certificate}}}"
    yield f"  # {say('leave', year=year)}"


def _enterprises(draft: Draft, file: str, say: _Comments) -> Iterator[str]:
    yield ""
    yield _with("enterprises:", say("register"))
    yield f"  - file: {scalar(file)}"
    if draft.sheet is not None:
        yield f"    sheet: {scalar(draft.sheet)}"
    if draft.header is not None:
        yield _with(f"    header: {draft.header}", say("header"))
    lines = [line for several in _columns(draft, say) for line in several.split("\n")]
    if any(not line.lstrip().startswith("#") for line in lines):
        yield _with("    columns:", say("columns"))
    elif lines:
        yield _with("    # columns:", say("columns"))
    yield from lines
    if draft.kept:
        yield f"    # {say('kept', headings=say.join(draft.kept))}"


def _columns(draft: Draft, say: _Comments) -> Iterator[str]:
    for one in draft.columns:
        yield _with(f"      {scalar(one.heading)}: {one.field}", _why(one, say))
    for aside in draft.aside:
        rows = say.join(tuple(str(row) for row in aside.rows))
        comment = say(f"aside-{aside.why}", n=aside.n, rows=rows)
        name = scalar(say("aside-name", heading=aside.heading))
        yield _with(f"      {scalar(aside.heading)}: {name}", comment)
    if not draft.has_classes:
        yield _with(f"      # {say('class-heading')}: class", say("class-column"))
    if not draft.has_grids:
        yield _with(f"      # {say('class-heading')}: grid", say("grid-column"))


def _why(one: Mapped, say: _Comments) -> str:
    """Say why a heading is mapped; what stands in personal columns is not repeated."""
    if one.why != "guessed":
        return say(one.why)
    field = next(field for name, field in Enterprise.model_fields.items() if one.field in (name, field.alias))
    extra = field.json_schema_extra
    if isinstance(extra, dict) and extra.get("personal"):
        return say("guessed-personal")
    return say("guessed", examples=say.join(one.examples))
