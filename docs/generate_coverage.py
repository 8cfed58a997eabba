"""Write docs/coverage.md from docs/coverage/*.yaml and the example plans, or say that it is stale (`--check`)."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.coverage import page

PAGE = Path(__file__).parent / "coverage.md"


def main(arguments: list[str]) -> int:
    """Write the page; with --check only give 1 where it is stale."""
    made = page()
    if "--check" in arguments:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made)
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
