"""The page of the docs that lists every code of a diagnostic, made from the sentences themselves."""

from __future__ import annotations

from safeplan.words.diagnostic_sentences import HINTS
from safeplan.words.diagnostics import SENTENCES

_HEAD = """\
# Diagnostics

What `safeplan check` can say of a plan, and `safeplan record import` of a file. Every problem is found in one run; at
most a hundred of a code are shown. An **error** makes dates wrong or ambiguous, and the plan is not scheduled, the file
not taken over; a **warning** is something that is surely not meant, and the plan is scheduled all the same
(`safeplan check --strict` counts warnings as errors). With
`--format json` each has its `code`, `severity`, `file`, `line`, `column`, `sheet`, `field` and `values`.

Words in braces are filled in. This page is made from the sentences (`python -m safeplan.words.diagnostics_page`).

| code | what it says | what to do |
| --- | --- | --- |
"""


def page() -> str:
    """Give the page, in Markdown."""
    rows = (f"| `{code}` | {_cell(SENTENCES[code])} | {_cell(HINTS.get(code, ''))} |" for code in sorted(SENTENCES))
    return _HEAD + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
