"""Write the pages of docs/reference that are made from the program, or say which of them are stale (`--check`)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# The command line speaks the language of its surroundings; the pages are in English wherever they are made.
os.environ.update({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "C.UTF-8", "LANG": "C.UTF-8"})

from generator import commands_page, format_page, json_page, other_json_page

from safeplan.words import diagnostics_page

REFERENCE = Path(__file__).parent / "reference"
PAGES = {
    "format.md": format_page.page,
    "commands.md": commands_page.page,
    "json.md": json_page.page,
    "json-overdue-status-diff.md": other_json_page.page,
    "diagnostics.md": diagnostics_page.page,
}


def stale() -> list[str]:
    """Name the pages that are not as the program is."""
    return [name for name, page in PAGES.items() if _written(name) != page()]


def _written(name: str) -> str:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Write all pages; with --check only name the stale ones, on stdout."""
    names = stale()
    if "--check" in arguments:
        sys.stdout.write("".join(f"{name}\n" for name in names))
        return 1 if names else 0
    for name in names:
        (REFERENCE / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
        sys.stdout.write(f"docs/reference/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
