"""The presets, for people who ask for them by name."""

from __future__ import annotations

from safeplan.reading.presets import preset_names, read_preset
from safeplan.work.errors import WorkError


def presets_with_what_they_bring() -> list[tuple[str, str]]:
    """Give name and sentence of each preset."""
    return [(name, read_preset(name).about) for name in preset_names()]


def preset_text(name: str) -> str:
    """Give a preset as it is shipped.

    Raises
    ------
    WorkError
        `unknown-preset`.
    """
    if name not in preset_names():
        raise WorkError("unknown-preset", asked=name, known=", ".join(preset_names()))
    return read_preset(name).text
