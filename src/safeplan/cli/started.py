"""What `safeplan init` says when it is done: what was found, what was guessed, what is open, what to type next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeplan.words.language import Words
    from safeplan.work.init import Started
    from safeplan.work.register_draft import Draft

_MEANINGS = {
    "name": "name of the enterprise",
    "credit_code": "credit code",
    "class": "class of supervision",
    "grid": "village",
    "address": "address of the enterprise",
    "latitude": "latitude",
    "longitude": "longitude",
    "contact_phone": "telephone",
    "last_visit": "last visit",
}
_PERSONAL = frozenset({"contact_phone", "contact_name", "legal_person"})


def started_lines(started: Started, folder: Path, words: Words) -> Iterator[str]:
    """Say what was written and what comes next."""
    yield words("Written: {path}", path=started.plan)
    if started.copied is not None:
        yield words("Copied: {path}; edit this copy from now on", path=started.copied)
    if started.draft is not None:
        yield from _found(started.draft, words)
        yield from _guessed(started.draft, words)
        yield from _open(started.draft, words)
    yield from _problems(started, words)
    yield ""
    yield words("Next:")
    if folder.resolve() != Path.cwd():
        yield f"  cd {_quoted(str(folder))}"
    if started.draft is not None:
        yield words("  open plan.yaml and mend what is marked CHANGE")
    else:
        yield words("  open plan.yaml and put your own grids, officers and enterprises into it")
    yield "  safeplan check"
    yield "  safeplan schedule --week next"


def _found(draft: Draft, words: Words) -> Iterator[str]:
    if draft.sheet is None:
        yield words("Register: {file}, {n} enterprises", file=draft.file, n=draft.enterprises)
    else:
        yield words(
            "Register: {file}, sheet {sheet}, {n} enterprises", file=draft.file, sheet=draft.sheet, n=draft.enterprises
        )
    if draft.classes:
        classes = words(", ").join(words("{name} {n}", name=one.id, n=one.n) for one in draft.classes)
        yield words("Classes: {classes}", classes=classes)
    if draft.has_grids:
        yield words("Grids: {town} and {n} villages", town=draft.town, n=sum(not one.like for one in draft.villages))


def _guessed(draft: Draft, words: Words) -> Iterator[str]:
    for one in draft.columns:
        meaning = words(_MEANINGS.get(one.field, one.field))
        if one.why == "guessed" and one.field in _PERSONAL:
            yield words("Guessed: the column {heading} is the {meaning}", heading=one.heading, meaning=meaning)
        elif one.why == "guessed":
            yield words(
                "Guessed: the column {heading} is the {meaning} ({examples})",
                heading=one.heading,
                meaning=meaning,
                examples=words(", ").join(one.examples),
            )
        elif one.why == "chosen" and one.field in ("class", "grid"):
            yield words(
                "Several columns could be the {meaning}; {heading} is taken", heading=one.heading, meaning=meaning
            )


def _open(draft: Draft, words: Words) -> Iterator[str]:
    for aside in draft.aside:
        if aside.why == "rounded":
            yield words(
                "Not used: {heading}; the spreadsheet has cut off the last digits of {n} codes",
                heading=aside.heading,
                n=aside.n,
            )
        elif aside.why == "repeated":
            rows = words(", ").join(str(row) for row in aside.rows)
            yield words(
                "Not used: {heading}; {n} enterprises share codes (rows {rows})",
                heading=aside.heading,
                n=aside.n,
                rows=rows,
            )
        else:
            yield words("Not used: {heading}; {n} different texts are no classes", heading=aside.heading, n=aside.n)
    if not draft.has_classes and draft.has_grids:
        yield words("Open: no column tells the class; until you name it, each village is patrolled once a month")
    elif not draft.has_classes:
        yield words("Open: no column tells the class; until you name it, nothing is planned")
    if not draft.has_grids:
        yield words("Open: no column tells the village; every officer may visit every enterprise")
    for found in draft.classes:
        if found.mixed:
            yield words("Open: {n} enterprises are in several classes ({name})", name=found.label, n=found.n)
        elif not found.preset and found.visits is None:
            yield words(
                "Open: how often is class {name} visited? {n} enterprises wait for it", name=found.label, n=found.n
            )
    for village in draft.villages:
        if village.like:
            yield words("Open: {name} looks like {like} spelt otherwise", name=village.name, like=village.like)


def _problems(started: Started, words: Words) -> Iterator[str]:
    from safeplan.words.diagnostics import render

    if not started.diagnostics:
        return
    yield ""
    yield words("What safeplan check says of it:")
    yield render(started.diagnostics, words).rstrip("\n")


def _quoted(path: str) -> str:
    """Quote a path for the shell where it must be."""
    return f'"{path}"' if any(one.isspace() for one in path) else path
