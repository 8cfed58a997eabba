"""Capacity of the annual plan as a Document: the arithmetic of working days, and what the schedule needs of them."""

from __future__ import annotations

from safeplan.core.calendar import calendar_of
from safeplan.core.capacity import INSPECTING, Balance, Need, Share, balance, needs, share
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Document, Note, Section, Table, Tone
from safeplan.views.columns import columns
from safeplan.words.codes import family_name
from safeplan.words.dates import full_day_text
from safeplan.words.language import Words


def capacity_document(schedule: Schedule, words: Words) -> Document:
    """Show how many officer-days there are, what they go to, and what the schedule's visits need."""
    plan = schedule.plan
    have = balance(plan, calendar_of(plan))
    wanted, parts = needs(schedule), share(schedule)
    first, last = full_day_text(words, plan.first), full_day_text(words, plan.last)
    return Document(
        words("{plan}: working days", plan=plan.file.name),
        words.language,
        (_days(schedule, have, words), _needs(have, wanted, words), _shares(parts, words)),
        head=(Note(words("{first} to {last}", first=first, last=last), Tone.QUIET),),
        made_on=schedule.today,
        brief=(_verdict(have, wanted, words),),
    )


def _days(schedule: Schedule, have: Balance, words: Words) -> Section:
    settings = schedule.plan.file.capacity
    rows: list[tuple[Cell, ...]] = [
        (words("statutory working days"), have.workdays, ""),
        (words("officers in post"), have.in_post, _in_post(have, settings.officers is not None, words)),
        (words("total statutory officer-days"), have.total, f"{have.workdays} × {have.in_post}"),
    ]
    for title, lines, total in (
        (words("other enforcement"), settings.other_enforcement, have.other_enforcement),
        (words("not enforcement"), settings.non_enforcement, have.non_enforcement),
    ):
        shown = " + ".join(f"{name} {_number(days)}" for name, days in lines.items())
        rows.append((title, _number(total), shown))
    sum_ = f"{have.total} − {_number(have.other_enforcement)} − {_number(have.non_enforcement)}"
    rows.append((words("officer-days for supervision"), _number(have.supervision), sum_))
    tones = [*[Tone.PLAIN] * (len(rows) - 1), Tone.BAD if have.supervision < 0 else Tone.GOOD]
    return Section(
        words("Officer-days there are"),
        tables=(Table(columns(words, "figure", "officer_days", "arithmetic"), rows, tones=tones),),
    )


def _in_post(have: Balance, stated: bool, words: Words) -> str:
    if stated:
        return words("as the plan says; {n} of the plan's officers have a certificate", n=have.certified)
    return words("officers with a certificate")


def _needs(have: Balance, wanted: tuple[Need, ...], words: Words) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            family_name(words, need.family.value),
            need.placed,
            need.unplaced,
            round(need.officer_days, 1),
            round(need.of_certified, 1),
        )
        for need in wanted
    ]
    placed, unplaced = sum(need.placed for need in wanted), sum(need.unplaced for need in wanted)
    days, certified = sum(need.officer_days for need in wanted), sum(need.of_certified for need in wanted)
    rows.append((words("together"), placed, unplaced, round(days, 1), round(certified, 1)))
    shown = columns(words, "family", "placed", "unplaced", "officer_days", "of_certified")
    tone = Tone.BAD if _certified_days(wanted) > have.supervision else Tone.GOOD
    notes = (
        Note(_verdict(have, wanted, words), tone),
        Note(words("A visit counts with its minutes and travel, for each of its crew, of their day."), Tone.QUIET),
    )
    return Section(words("Officer-days the schedule needs"), notes=notes, tables=(Table(shown, rows),))


def _certified_days(wanted: tuple[Need, ...]) -> float:
    return sum(need.of_certified for need in wanted)


def _verdict(have: Balance, wanted: tuple[Need, ...], words: Words) -> str:
    inspecting = sum(need.of_certified for need in wanted if need.family in INSPECTING)
    certified = _certified_days(wanted)
    figures = {
        "need": _number(certified),
        "inspections": _number(inspecting),
        "have": _number(have.supervision),
        "left": _number(have.supervision - certified),
        "short": _number(certified - have.supervision),
    }
    if certified > have.supervision:
        return words(
            "Certified officers need {need} days, {inspections} of them to inspect; {have} are there: {short} short.",
            **figures,
        )
    return words(
        "Certified officers need {need} days, {inspections} of them to inspect; {have} are there: {left} to spare.",
        **figures,
    )


def _shares(parts: Share, words: Words) -> Section:
    total = parts.key + parts.general
    rows: list[tuple[Cell, ...]] = [
        (words("key inspections: named enterprises"), parts.key, _percent(parts.key, total)),
        (words("general inspections: spot checks"), parts.general, _percent(parts.general, total)),
    ]
    return Section(
        words("Key and general inspections"), tables=(Table(columns(words, "figure", "placed", "share"), rows),)
    )


def _percent(part: int, total: int) -> str:
    return f"{100 * part / total:.1f}%" if total else "–"


def _number(value: float) -> str:
    """Write a figure without a decimal that says nothing."""
    return str(round(value)) if abs(value - round(value)) < 0.05 else f"{value:.1f}"
