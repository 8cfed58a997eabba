"""A schedule as an iCalendar file (RFC 5545): one all-day event a visit, with a UID that stays the visit's own."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from safeplan.core import roster
from safeplan.core.choice import Chosen
from safeplan.output.scrub import scrub
from safeplan.words.codes import activity_name, family_name, rule_names
from safeplan.words.dates import listed, span_text
from safeplan.words.language import Words


def render(chosen: Chosen, words: Words) -> bytes:
    """Write the visits that are shown as all-day events, in the order of the roster, then the activities.

    An activity is an event on its due day, not a VTODO: calendars of phones and of Outlook leave tasks out. UID is the
    id, so a calendar that takes a newer file moves events instead of doubling them. DTSTAMP is 00:00
    of the schedule's today in the plan's zone: the same schedule gives the same bytes.
    """
    schedule = chosen.schedule
    file = schedule.plan.file
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//safeplan//safeplan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", scrub(_title(chosen)))
    stamp = datetime.combine(schedule.today, time(), ZoneInfo(file.timezone)).astimezone(UTC)
    visits = roster.visits(schedule)
    served = roster.served(schedule).group_by("visit", maintain_order=True).first()
    windows = {visit: (first, last) for visit, first, last in served.select("visit", "from", "to").iter_rows()}
    for number, row in enumerate(visits.iter_rows(named=True)):
        calendar.add_component(_event(row, windows.get(number), stamp, words))
    evidence = [line.model.evidence for line in schedule.plan.activities]
    for row in roster.activities(schedule).iter_rows(named=True):
        calendar.add_component(_activity(row, evidence[row["activity"]], stamp, words))
    data: bytes = calendar.to_ical()
    return data


def _title(chosen: Chosen) -> str:
    file = chosen.schedule.plan.file
    if chosen.choice.officer is None:
        return file.name
    return f"{file.name} {file.officers[chosen.choice.officer].name}"


def _event(row: dict[str, Any], window: tuple[Any, Any] | None, stamp: datetime, words: Words) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{row['id']}@safeplan")
    event.add("dtstamp", stamp)
    event.add("dtstart", row["date"])
    event.add("dtend", row["date"] + timedelta(days=1))
    event.add("summary", scrub(row["enterprise_name"] or row["grid_name"] or words("visit not drawn yet")))
    place = row["address"] or row["grid_name"]
    if place:
        event.add("location", scrub(place))
    event.add("categories", [family_name(words, row["family"])])
    event.add("transp", "TRANSPARENT")  # a visit of an hour does not make the whole day busy
    event.add("description", scrub_lines(_description(row, window, words)))
    return event


def _activity(row: dict[str, Any], evidence: str, stamp: datetime, words: Words) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{row['id']}@safeplan")
    event.add("dtstamp", stamp)
    event.add("dtstart", row["due"])
    event.add("dtend", row["due"] + timedelta(days=1))
    subject = row["enterprise_name"] or row["grid_name"] or row["venue"]
    event.add("summary", scrub(f"{row['name']} {subject}".strip()))
    event.add("categories", [activity_name(words, row["kind"])])
    event.add("transp", "TRANSPARENT")
    lines = []
    if row["owner_names"]:
        lines.append(words("who: {officers}", officers=listed(words, row["owner_names"])))
    if row["from"] != row["due"]:
        lines.append(words("Window: {span}", span=span_text(words, row["from"], row["due"])))
    if evidence:
        lines.append(words("evidence: {what}", what=evidence))
    event.add("description", scrub_lines(lines))
    return event


def _description(row: dict[str, Any], window: tuple[Any, Any] | None, words: Words) -> list[str]:
    lines = []
    if row["crew"]:
        crew = listed(words, row["officer_names"])
        lines.append(
            words("Crew {crew}: {officers}; stop {order}", crew=row["crew"], officers=crew, order=row["order"])
        )
    lines.append(words("Serves: {rules}", rules=listed(words, rule_names(words, row["rules"] or []))))
    if window is not None:
        lines.append(words("Window: {span}", span=span_text(words, *window)))
    lines.append(words("{n} minutes", n=row["minutes"]))
    return lines


def scrub_lines(lines: list[str]) -> str:
    """Join lines of which none may bring a line break of its own."""
    return "\n".join(scrub(line) for line in lines)
