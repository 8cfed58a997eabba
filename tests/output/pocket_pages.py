"""A page for the pocket as tests read it and fill it in."""

from __future__ import annotations

import json
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from output.chromium import Page


class PocketPage(HTMLParser):
    """Reads a page; a tag that is not closed in its place is noted in `wrong`."""

    VOID = ("meta", "link", "input", "br")

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.source = page.decode()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.text = self._scripts = ""
        self.feed(self.source)
        self.data: Any = json.loads(self._scripts)

    @property
    def visits(self) -> list[str]:
        """The visits that have a form, by their ids."""
        return [str(attributes["data-visit"]) for _, attributes in self.tags if "data-visit" in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"] and self.tags[-1][1].get("id") == "data":
            self._scripts += data
        elif self.open[-1:] not in (["script"], ["style"]):
            self.text += data


class Hand:
    """Fills a page in that Chromium shows."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def visit(self, visit: str, **answers: str) -> None:
        """Answer about a planned visit, by the keys of the form."""
        self._answer(f"document.querySelector('details[data-visit={json.dumps(visit)}]')", answers)

    def spare(self, **answers: str) -> None:
        """Add a visit that was not planned."""
        self.page.evaluate("document.getElementById('add').click()")
        self._answer("[...document.querySelectorAll('.spare')].at(-1)", answers)

    def save(self, folder: Path) -> Path | None:
        """Save the answers into a folder and give the file; None when the page refuses."""
        self.page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        before = set(folder.iterdir())
        self.page.evaluate("document.getElementById('save').click()")
        if not self.page.evaluate("document.getElementById('said').textContent").startswith(("Saved", "已存为")):
            return None
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for one in set(folder.iterdir()) - before:
                if one.suffix == ".csv" and one.stat().st_size:
                    return one
            time.sleep(0.05)
        raise AssertionError("nothing was saved")

    def problems(self) -> list[str]:
        """Give what the page says is wrong, field by field."""
        shown = "[...document.querySelectorAll('.problem')].filter(one => one.checkVisibility())"
        found: list[str] = self.page.evaluate(f"{shown}.map(one => one.textContent)")
        return found

    def _answer(self, box: str, answers: dict[str, str]) -> None:
        for key, text in answers.items():
            self.page.evaluate(f"""(() => {{
                const box = {box}, field = box.querySelector('[data-key="{key}"]'), text = {json.dumps(text)};
                if (box.localName === "details") box.open = true;
                const choices = [...field.querySelectorAll('input[type="radio"]')];
                const control = choices.find(one => one.value === text) ??
                  field.querySelector('input:not([type="radio"], [type="checkbox"]), textarea');
                if (choices.length) control.checked = true; else control.value = text;
                control.dispatchEvent(new Event("input", {{bubbles: true}}));
            }})()""")
