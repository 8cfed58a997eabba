"""The lines of a plan file, to be quoted under a diagnostic."""

from __future__ import annotations

from pathlib import Path

from safeplan.reading.encoding import decode


def plan_lines(path: Path) -> dict[str, list[str]]:
    """Give the plan's own name and lines; nothing when it is gone or is no text. No other file is ever quoted."""
    try:
        text = decode(path.read_bytes(), path.name)
    except OSError:
        return {}
    return {path.name: text.splitlines()} if isinstance(text, str) else {}
