"""The presets, for people who ask for them by name."""

from __future__ import annotations

from safeplan.reading.presets import preset_names, read_preset, verified_lines
from safeplan.views.presets import Shipped
from safeplan.work.errors import WorkError


def shipped_presets() -> list[Shipped]:
    """Give name and sentence of each preset, and how many of its sources were verified."""
    presets = [read_preset(name) for name in preset_names()]
    return [Shipped(one.name, one.about, *verified_lines(one)) for one in presets]


def preset_text(name: str) -> str:
    """Give a preset as it is shipped.

    Raises
    ------
    WorkError
        `unknown-preset`.
    """
    if name not in preset_names():
        raise WorkError("unknown-preset", asked=name, known=preset_names())
    return read_preset(name).text
