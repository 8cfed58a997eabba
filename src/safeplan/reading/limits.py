"""How large a plan and its tables may be: above these, a file is refused before it is parsed.

Each is a setting; its name stands in the message (`setting`), so that whoever has a larger plan knows what to raise.
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which a file is refused.

    Parameters
    ----------
    plan_bytes, table_bytes
        Size of a YAML file, and of a table, on disk.
    unpacked_bytes, ratio
        Size of a spreadsheet's parts once unpacked, and how many times larger than packed they may be.
    rows, cells
        Extent of a sheet: its last used row, and rows times columns of the used range.
    sparse
        How many times larger than its written cells the used range of a large sheet may be.
    aliases
        Nodes that all aliases (`*name`) of a plan stand for together.
    depth
        Levels of lists and mappings within one another.
    of_a_code
        Diagnostics of one code that are kept; the others are counted.
    """

    plan_bytes: int = 20 * MEGABYTE
    table_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 1000 * MEGABYTE
    ratio: int = 200
    rows: int = 2_000_000
    cells: int = 30_000_000
    sparse: int = 50
    aliases: int = 10_000
    depth: int = 64
    of_a_code: int = 100
