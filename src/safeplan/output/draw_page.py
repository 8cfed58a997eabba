"""The record of a draw as one HTML page that recomputes it, offline and in plain JavaScript."""

from __future__ import annotations

import re

from pydantic import ValidationError

from safeplan.core.draw_record import Excluded, Record
from safeplan.output.pages import in_script, template
from safeplan.words.language import Words

_DATA = re.compile(r'<script type="application/json" id="record">(.*?)</script>', re.DOTALL)


def render(record: Record, words: Words) -> bytes:
    """Write the page: the record as JSON, what it says as tables, and the script that recomputes it."""
    said = {
        code: words(message)
        for code, message in (
            ("right", "recomputed on this page: right"),
            ("wrong", "recomputed on this page: WRONG"),
            ("pool", "The pool's SHA-256"),
            ("number", "How many are drawn"),
            ("list", "The list in the order of the draw"),
            ("crews", "The officers in the order of the draw"),
        )
    }
    page = template("draw.html.jinja").render(
        record=record,
        data=in_script(record.model_dump(mode="json")),
        said=in_script(said),
        lang=words.language.replace("_", "-"),
        w=words,
        excluded=[(one.enterprise, _why(one, words)) for one in record.excluded],
    )  # fmt: skip
    return page.encode()


def read(page: bytes) -> Record | None:
    """Give the record that a page holds; None when it holds none."""
    found = _DATA.search(page.decode("utf-8", "replace"))
    if found is None:
        return None
    try:
        return Record.model_validate_json(found[1])
    except ValidationError:
        return None


def _why(one: Excluded, words: Words) -> str:
    if one.day is not None:
        return words("visited on {day}", day=one.day)
    return words("at its cap: {visits} of {cap} visits this year", visits=one.visits, cap=one.cap)
