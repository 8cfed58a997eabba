"""One officer's days as one HTML file for the telephone, offline, with a form whose answers `record import` takes.

What is filled in is saved as a CSV with the keys, headings and fixed cells of the form, one row a visit, guarded as the
CSVs for Excel are. The page is whole without its script, save for the form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from safeplan.document import Pocket, Stop
from safeplan.output.cells import cell_text, words_of
from safeplan.output.csv import FORMULA
from safeplan.output.form import FormColumn, FormSheet, Use
from safeplan.output.pages import MARKS, in_script, template
from safeplan.output.scrub import scrub, scrub_document
from safeplan.output.slugs import slug
from safeplan.words.dates import day_text, weekday_text
from safeplan.words.language import Words
from safeplan.words.pocket import POCKET_SAYS

_NOTHING = "–"  # the choice of none


def render(pocket: Pocket, form: FormSheet) -> bytes:
    """Write the page; a stop without a row in the form is shown, and has nothing to fill in."""
    words = words_of(pocket.document.language)
    rows = {str(row[_at(form, "visit")]): [scrub(cell_text(cell)) for cell in row] for row in form.rows}
    page = template("pocket.html.jinja").render(
        document=scrub_document(pocket.document),
        lang=words.language.replace("_", "-"),
        days=list(_days(pocket, words)),
        rows=rows,
        fields=[_field(column) for column in form.columns if column.use is Use.OPEN or column.also_spare],
        data=in_script(_data(pocket, form, rows, words)),
        marks=MARKS,
        w=words,
    )  # fmt: skip
    return page.encode()


def answers_name(pocket: Pocket) -> str:
    """Give the name of the file in which the page saves its answers: answers-O07-2026-W11.csv."""
    return f"{slug(f'answers-{pocket.name}')}.csv"


def _at(form: FormSheet, name: str) -> int:
    """Give the place of a column of a form."""
    return next(at for at, column in enumerate(form.columns) if column.name == name)


def _days(pocket: Pocket, words: Words) -> Iterator[dict[str, Any]]:
    """Give the stops by their days."""
    for number, (day, stops) in enumerate(groupby(pocket.stops, key=lambda stop: stop.day), start=1):
        yield {
            "id": f"d{number}",
            "date": day.isoformat(),
            "title": day_text(words, day),
            "weekday": weekday_text(words, day),
            "number": day.day,
            "stops": [_scrubbed(stop) for stop in stops],
        }


def _scrubbed(stop: Stop) -> Stop:
    return replace(
        stop,
        title=scrub(stop.title),
        facts=tuple(replace(note, text=scrub(note.text)) for note in stop.facts),
        known=tuple(replace(note, text=scrub(note.text)) for note in stop.known),
    )


def _field(column: FormColumn) -> dict[str, Any]:
    """Give a column as a field; of choices the first is none."""
    choices = [("", _NOTHING), *((one, one) for one in column.choices)] if column.choices else []
    return {
        "key": column.name,
        "title": column.title,
        "choices": choices,
        "is_day": column.is_day,
        "is_people": column.is_people,
        "is_spare": column.also_spare,
    }


def _data(pocket: Pocket, form: FormSheet, rows: dict[str, list[str]], words: Words) -> dict[str, Any]:
    """Give what the script needs: the form's columns and fixed cells, who goes where, and what it says."""
    return {
        "identity": scrub(pocket.identity),
        "file": answers_name(pocket),
        "columns": [{"key": one.key, "name": one.name, "title": one.title} for one in form.columns],
        "rows": rows,
        "crews": {stop.key: [(id_, scrub(name)) for id_, name in stop.crew] for stop in pocket.stops},
        "owner": (pocket.owner[0], scrub(pocket.owner[1])),
        "guarded": "".join(FORMULA),
        "said": {code: words(message) for code, message in POCKET_SAYS.items()},
    }
