"""Reads a plan's YAML and its CSV registers into the referee's `Plan`; no word of it is safeplan's.

It reads well-formed plans; anything else is the business of safeplan's own checks.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from .calendar import Calendar
from .plan import (
    PEOPLE,
    WIDTH,
    Cap,
    Dated,
    Enterprise,
    Frequency,
    Grid,
    Officer,
    OthersVisit,
    Pin,
    Plan,
    Quota,
    Rule,
    SpotCheck,
    Team,
    dated,
)
from .presets import lay_under
from .spans import ALWAYS, Span, read_absence, read_day, read_span
from .spelling import ENTERPRISES, GRIDS, OFFICERS, class_key, plainly, row_of


def read_plan(path: Path) -> Plan:
    """The plan at `path` with its presets under it."""
    written = lay_under(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
    year = written["period"][:4]
    raw = plainly(written, year)
    files = [path.name]
    rows = _Tables(path.parent, files, year)
    regions, people = rows.of(raw.get("grids"), GRIDS), rows.of(raw.get("officers"), OFFICERS)
    names = {g.get("name") or g["id"]: g["id"] for g in regions}
    persons = {o.get("name") or o["id"]: o["id"] for o in people}
    grids = {g["id"]: _grid(g, names, persons) for g in regions}
    defaults = raw.get("defaults") or {}
    officers = {o["id"]: _officer(o, names) for o in people}
    firms = rows.of(raw.get("enterprises"), ENTERPRISES)
    enterprises = [_enterprise(e, names, raw.get("classes") or {}) for e in firms]
    calendar = _calendar(raw.get("calendar") or {})
    period = read_span(raw["period"])
    classes = {
        k: _rule({**c, "name": k}, "class", defaults, label=c.get("label"))
        for k, c in (raw.get("classes") or {}).items()
    }
    return Plan(
        name=raw.get("name", ""),
        period=period,
        calendar=calendar,
        seasons={k: tuple(read_span(s) for s in _list(v)) for k, v in (raw.get("seasons") or {}).items()},
        travel=int((raw.get("travel") or {}).get("minutes", 0)),
        classes=classes,
        patrols=tuple(_rule(p, "patrol", defaults) for p in raw.get("patrols") or []),
        dated=tuple(_dated(raw, defaults, period)),
        events=tuple(
            {**e, "grid": names.get(e["grid"], e["grid"])} if e.get("grid") else e for e in _list(raw.get("events"))
        ),
        modifiers=tuple(raw.get("modifiers") or []),
        pins=tuple(_pin(p, _pin_defaults(p, defaults, enterprises, classes)) for p in rows.of(raw.get("pins"), {})),
        caps=tuple(_cap(c) for c in raw.get("caps") or []),
        limits={k: int(v) for k, v in (raw.get("limits") or {}).items()},
        others=tuple(
            OthersVisit(o["enterprise"], read_day(o["day"]), o.get("family") or "inspection")
            for o in rows.of(raw.get("others_visits"), {})
        ),
        teams=tuple(Team(t["id"], _number(t.get("max_crews"))) for t in raw.get("teams") or []),
        grids=grids,
        officers=officers,
        enterprises={e.id: e for e in enterprises},
        activities=tuple(_activities(raw, period)),
        files=tuple(files),
        spot_checks=tuple(_spot_check(s, defaults) for s in raw.get("spot_checks") or []),
        quotas=tuple(_quota(q, defaults) for q in raw.get("quotas") or []),
    )


class _Tables:
    """Lists of the plan that may come from a CSV beside it; remembers the files it opened, in order."""

    def __init__(self, folder: Path, files: list[str], year: str) -> None:
        self.folder, self.files, self.year = folder, files, year

    def of(self, value: Any, headings: dict[str, str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for line in _list(value):
            rows.extend(self._table(line, headings) if "file" in line else [line])
        return rows

    def _table(self, line: dict[str, Any], headings: dict[str, str]) -> list[dict[str, Any]]:
        self.files.append(line["file"])
        raw = (self.folder / line["file"]).read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
        known = headings | (line.get("columns") or {})
        rows = []
        for row in csv.DictReader(io.StringIO(text)):
            cells = {known.get(k.strip(), k.strip()): v.strip() for k, v in row.items() if k and v and v.strip()}
            rows.append(row_of(cells, self.year))
        return [row for row in rows if row]


def _list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def _number(text: str | None) -> int | None:
    return None if text is None or text == "" else int(text)


def _slug(name: str) -> str:
    return re.sub(r"[/\s]", "-", name)


def _calendar(raw: dict[str, Any]) -> Calendar:
    def days(value: Any) -> frozenset:
        return frozenset(d for s in _list(value) for d in read_span(s).days())

    statutory = list((raw.get("statutory") or {}).values())
    return Calendar(
        days(raw.get("days_off")),
        days(raw.get("workdays")),
        frozenset().union(*(days(s.get("days_off")) for s in statutory)),
        frozenset().union(*(days(s.get("workdays")) for s in statutory)),
    )


def _grid(raw: dict[str, Any], names: dict[str, str], persons: dict[str, str]) -> Grid:
    roles = {
        role: tuple(_holder(h, persons) for h in _list(holders)) for role, holders in (raw.get("roles") or {}).items()
    }
    parent = names.get(raw.get("parent") or "", raw.get("parent")) or None
    return Grid(raw["id"], raw.get("name") or raw["id"], raw.get("level"), parent, roles)


def _holder(raw: Any, persons: dict[str, str]) -> tuple[str, Span]:
    if isinstance(raw, str):
        return persons.get(raw, raw), ALWAYS
    return persons.get(raw["officer"], raw["officer"]), _active(raw)


def _active(raw: dict[str, Any]) -> Span:
    first = read_day(raw["from"]) if raw.get("from") else ALWAYS.first
    return Span(first, read_day(raw["to"]) if raw.get("to") else ALWAYS.last)


def _officer(raw: dict[str, Any], names: dict[str, str]) -> Officer:
    certificate = raw.get("certificate")
    certified = None
    if isinstance(certificate, dict):
        certified = Span(ALWAYS.first, read_day(certificate["expires"]) if certificate.get("expires") else ALWAYS.last)
    elif certificate:
        certified = ALWAYS
    avoids = raw.get("avoids")
    return Officer(
        id=raw["id"],
        name=raw.get("name") or raw["id"],
        grids=tuple(names.get(g, g) for g in _list(raw.get("grids"))),
        teams=tuple(_list(raw.get("teams"))),
        certified=certified,
        skills=frozenset(_list(raw.get("skills"))),
        minutes_per_day=int(raw.get("minutes_per_day") or 360),
        visits_per_day=_number(raw.get("visits_per_day")),
        leave=tuple(read_absence(a) for a in _list(raw.get("leave"))),
        avoids=() if isinstance(avoids, dict) else tuple(_list(avoids)),
        avoids_where=avoids if isinstance(avoids, dict) else None,
        senior=raw.get("senior") == "true",
    )


def _enterprise(raw: dict[str, Any], names: dict[str, str], classes: dict[str, Any]) -> Enterprise:
    def of_dates(value: Any, spell: Callable[[str], str], key: str) -> tuple[tuple[Span, str], ...]:
        if isinstance(value, list):
            return dated([(read_day(v["from"]) if v.get("from") else None, spell(v[key])) for v in value])
        return dated([(None, spell(value))]) if value else ()

    grids = of_dates(raw.get("grid"), lambda g: names.get(g, g), "grid")
    last = raw.get("last_visit")
    name = raw.get("name") or raw.get("id", "")
    return Enterprise(
        id=raw.get("id") or raw.get("credit_code") or _slug(f"{name}@{grids[0][1] if grids else ''}"),
        name=name,
        columns={ENTERPRISES.get(key, key): value for key, value in raw.items()},
        classes=of_dates(raw.get("class"), lambda c: class_key(c, classes), "class"),
        grids=grids,
        active=_active(raw["active"]) if isinstance(raw.get("active"), dict) else ALWAYS,
        closed=tuple(read_absence(c) for c in _list(raw.get("closed"))),
        last_visit=read_day(last) if last else None,
        planned=raw.get("status") in (None, "", "在营"),
    )


def read_frequency(text: str | None) -> Frequency:
    """`2`, `1 per month`, `2 per 3 weeks`, `1 per term`; nothing said is one."""
    words = (text or "1").split()
    if len(words) == 1:
        return Frequency(int(words[0]))
    k, unit = (int(words[2]), words[3]) if len(words) == 4 else (1, words[2])
    return Frequency(int(words[0]), k, unit.removesuffix("s") if unit.removesuffix("s") in _UNITS else unit)


_UNITS = {"day", "week", "month", "quarter", "half-year", "year"}


def _gap(text: str | None) -> int | None:
    if not text:
        return None
    n, _, unit = text.partition(" ")
    return int(n) * {"day": 1, "week": 7}[(unit or "days").removesuffix("s")]


def _rule(raw: dict[str, Any], kind: str, defaults: dict[str, Any], label: str | None = None) -> Rule:
    family = raw.get("family") or ("patrol" if kind == "patrol" else defaults.get("family", "inspection"))
    name = raw.get("name")
    return Rule(
        id=raw.get("id") or "-".join([kind] + ([_slug(name)] if name else [])),
        kind=kind,
        name=label or name,
        family=family,
        frequency=read_frequency(raw.get("visits")),
        minutes=int(raw.get("minutes") or defaults.get("minutes", 60)),
        people=0
        if family == "self-check"
        else max(int(raw.get("people") or defaults.get("people", 0)), PEOPLE[family]),
        skills=frozenset(_list(raw.get("skills"))),
        by=raw.get("by") or None,
        days=raw.get("days") or "workdays",
        partial=raw.get("partial") or "proportion",
        window=raw.get("window"),
        min_gap=_gap(raw.get("min_gap")),
        priority=_number(raw.get("priority")),
        separate=raw.get("separate") == "true",
        surprise=raw.get("surprise") == "true",
        where=raw.get("where") or {},
        grids=raw.get("grids"),
        minutes_written="minutes" in raw,
        family_written="family" in raw,
    )


def _dated(raw: dict[str, Any], defaults: dict[str, Any], period: Span) -> Iterator[Dated]:
    for key, lines in (raw.get("priorities") or {}).items():
        units = _units_of(key, period)
        for line in lines:
            if line.get("id"):
                yield Dated(_rule(line, "priority", defaults), line, tuple(units))
                continue
            mine = units
            if line.get("window") and len(units) > 1:
                raise ValueError("the referee knows a window of its own only under one unit")
            for unit in mine:
                rule_id = f"priority-{unit[0]}-{_slug(line['name'])}"
                yield Dated(_rule({**line, "id": rule_id}, "priority", defaults), line, (unit,))
    for campaign in raw.get("campaigns") or []:
        for phase in campaign["phases"]:
            under = {k: v for k, v in campaign.items() if k not in ("phases", "id", "name")}
            if phase.get("activity"):
                under.pop("visits", None)
            if "share" in phase or "pick" in phase:
                under.pop("share", None)
                under.pop("pick", None)
            whole = {**under, **phase}
            if not whole.get("visits"):
                continue
            name = "-".join(n for n in (campaign["name"], phase.get("name")) if n)
            rule_id = phase.get("id") or f"campaign-{_slug(name)}"
            yield Dated(_rule({**whole, "id": rule_id, "name": name}, "campaign", defaults), whole)
    for kind, lines in (("holiday", raw.get("holidays")), ("trigger", raw.get("triggers"))):
        for line in lines or []:
            yield Dated(_rule(line, kind, defaults), line)


def _units_of(key: str, period: Span) -> list[tuple[str, Span]]:
    """The quarters or months of the period that a key means: Q1, M06, 2026-Q1, 2026-M06."""
    year, _, unit = key.rpartition("-")
    found = []
    for y in range(period.first.year, period.last.year + 1):
        if unit[0] == "Q":
            months, name = [3 * int(unit[1]) - 2, 3 * int(unit[1])], f"{y}-{unit}"
        else:
            months, name = [int(unit[1:])] * 2, f"{y}-{unit[1:]}"
        last = dt.date(y + months[1] // 12, months[1] % 12 + 1, 1) - dt.timedelta(days=1)
        span = Span(dt.date(y, months[0], 1), last)
        if span.meet(period) and year in ("", str(y)):
            found.append((name, span))
    return found


def _spot_check(raw: dict[str, Any], defaults: dict[str, Any]) -> SpotCheck:
    whole, _, part = raw["share"].removesuffix("%").partition(".")
    rule = _rule({**raw, "id": raw.get("id") or f"spot-check-{_slug(raw['name'])}"}, "spot-check", defaults)
    return SpotCheck(
        replace(rule, cross=raw.get("cross") == "true"),
        (int(whole + part), 100 * 10 ** len(part)),
        raw.get("per") or "quarter",
        (raw.get("exclude") or {}).get("visited_within"),
        raw.get("random_officers") == "true",
        dict(raw.get("seed") or {}),
    )


def _quota(raw: dict[str, Any], defaults: dict[str, Any]) -> Quota:
    family = raw.get("family") or "patrol"
    rule = _rule({**raw, "family": family, "id": raw.get("id") or f"quota-{_slug(raw['name'])}"}, "quota", defaults)
    return Quota(rule, raw["team"], int(raw["at_least"]), raw.get("per") or "month")


def _pin_defaults(
    raw: dict[str, Any], defaults: dict[str, Any], enterprises: list[Enterprise], classes: dict[str, Rule]
) -> dict[str, Any]:
    """The plan's defaults; a pin without `family:` takes the widest of the classes that its days touch."""
    when = raw.get("day") or raw.get("window")
    firm = next((e for e in enterprises if e.id == raw.get("enterprise")), None)
    if not when or firm is None:
        return defaults
    touched = [classes[c].family for span, c in firm.classes if span.meet(read_span(when)) and c in classes]
    wide = [family for family in reversed(WIDTH) if family in touched]
    return defaults | {"family": wide[0]} if wide else defaults


def _pin(raw: dict[str, Any], defaults: dict[str, Any]) -> Pin:
    when = raw.get("day") or raw.get("window")
    span = read_span(when) if when else None
    subject = raw.get("enterprise") or raw.get("grid")
    days = "people" if span is None else (raw.get("day") or f"{span.first}..{span.last}")
    rule_id = raw.get("id") or f"pin-{subject}-{days}"
    return Pin(
        rule=_rule({**raw, "id": rule_id}, "pin", defaults),
        enterprise=raw.get("enterprise"),
        grid=raw.get("grid"),
        span=span,
        single_day="day" in raw,
        officers=tuple(_list(raw["officers"])) if raw.get("officers") else None,
        with_=tuple(_list(raw.get("with"))),
        except_=tuple(_list(raw.get("except"))),
        cause=raw.get("cause") or None,
    )


def _activities(raw: dict[str, Any], period: Span) -> Iterator[dict[str, Any]]:
    """The activities with ids and lists, then the work of phases with its days and their name."""
    for one in raw.get("activities") or []:
        lists = {"owner": _list(one.get("owner")), "month": _list(one.get("month"))}
        id_ = one.get("id") or f"activity-{_slug(one['name'])}"
        yield {k: v for k, v in {**one, "id": id_, **lists}.items() if v or k == "owner"}
    for campaign in raw.get("campaigns") or []:
        for phase in campaign["phases"]:
            if not phase.get("activity"):
                continue
            first = read_day(phase["from"]) if phase.get("from") else period.first
            known = [read_day(e["day"]) for e in raw.get("events") or [] if e.get("name") == phase.get("until")]
            ends = min((day for day in known if day >= first), default=None)
            if known and ends is None and not phase.get("to"):
                continue
            last = read_day(phase["to"]) if phase.get("to") else ends or max(period.last, first)
            names = [_slug(n) for n in (campaign.get("id") or campaign["name"], phase.get("name")) if n]
            yield {
                "id": f"activity-{phase.get('id') or '-'.join(names)}", "name": phase["activity"],
                "owner": _list(phase.get("owner")), "phase": Span(first, last),
                "period": f"{first}..{phase.get('to') or phase.get('until') or ''}",
            }  # fmt: skip


def _cap(raw: dict[str, Any]) -> Cap:
    return Cap(
        raw.get("name", ""),
        raw.get("where") or {},
        raw.get("column"),
        raw["per_year"],
        frozenset(_list(raw.get("except"))),
        frozenset(_list(raw.get("also"))),
    )
