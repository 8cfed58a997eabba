"""The list of formats that a Document comes in; a new format is one module and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from safeplan.document import Document
from safeplan.output.options import Options
from safeplan.output.scrub import scrub_document


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """One format: the module whose `render` makes it, the suffix of its files, whether it is unfit for a terminal."""

    module: str
    suffix: str
    binary: bool = False

    def render(self, document: Document, options: Options | None = None) -> bytes:
        """Turn a Document into the bytes of this format (text formats: UTF-8).

        The module is loaded here and not before. Control, bidirectional and zero-width characters are taken out of
        every text first (`scrub_document`), so no format can forget it.
        """
        module = import_module(f"safeplan.output.{self.module}")
        rendered: bytes = module.render(scrub_document(document), options or Options())
        return rendered


DOCUMENT_FORMATS: dict[str, DocumentFormat] = {
    "terminal": DocumentFormat("terminal", ".txt"),
    "text": DocumentFormat("text", ".txt"),
    "markdown": DocumentFormat("markdown", ".md"),
    "csv": DocumentFormat("csv", ".csv"),
    "html": DocumentFormat("html", ".html"),
    "brief": DocumentFormat("brief", ".txt"),
    "xlsx": DocumentFormat("xlsx", ".xlsx", binary=True),
    "docx": DocumentFormat("docx", ".docx", binary=True),
}
