"""What pages of HTML have in common: templates in which every text is escaped, and data for their scripts."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from safeplan.document import Tone

if TYPE_CHECKING:
    from jinja2 import Environment, Template

MARKS = {Tone.WARNING: "!", Tone.BAD: "!!"}
"""What stands before a text for those who do not see its colour."""


def template(name: str, room: str = "safeplan.output") -> Template:
    """Give a template of the folder `templates` of a room."""
    return _environment(room).get_template(name)


def in_script(value: object) -> str:
    """Write JSON that may stand inside a script element: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _environment(room: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(room),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
