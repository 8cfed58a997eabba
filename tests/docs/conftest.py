"""What the tests of the documentation share: the pages, and the generator of the reference."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
sys.path.append(str(DOCS))
