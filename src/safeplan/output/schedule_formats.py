"""The list of formats that a Schedule itself comes in; a new format is one module and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from safeplan.core.choice import Chosen
from safeplan.words.language import Words


@dataclass(frozen=True, slots=True)
class ScheduleFormat:
    """One format: the module whose `render` makes it, and the suffix of its files. All are text in UTF-8."""

    module: str
    suffix: str

    def render(self, chosen: Chosen, words: Words) -> bytes:
        """Turn what is shown of a schedule into bytes; the module is loaded here and not before."""
        rendered: bytes = import_module(f"safeplan.output.{self.module}").render(chosen, words)
        return rendered


SCHEDULE_FORMATS: dict[str, ScheduleFormat] = {
    "json": ScheduleFormat("json", ".json"),
    "jsonl": ScheduleFormat("jsonl", ".jsonl"),
    "ics": ScheduleFormat("ics", ".ics"),
    "csv": ScheduleFormat("visits_csv", ".csv"),
}
