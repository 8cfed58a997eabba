"""A form to be filled in: an Excel sheet with locked cells, open ones with lists to choose from, and hidden columns."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from safeplan.document import Cell
from safeplan.output.cells import cell_text, text_width
from safeplan.output.form import FormColumn, FormSheet, Use
from safeplan.output.scrub import scrub
from safeplan.output.slugs import sheet_names

_EPOCH = date(2000, 1, 1)
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
_SAMPLE = 500
_NARROWEST, _WIDEST = 5, 18
_LINE = 15  # points of one line
_WORD = re.compile("[!-~]+")
"""What is not parted where a heading is wrapped; between Chinese characters it may be."""
_KEY_ROW, _HEADING_ROW, _FIRST_ROW = 2, 3, 4
"""Rows from 0: title, hint, the hidden keys, headings, then the form's own."""


def render(form: FormSheet) -> bytes:
    """Write the workbook. Keys stand in a hidden row, so that headings may be in any language."""
    stream = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, settings) as book:
        made = form.made_on or _EPOCH
        book.set_properties(
            {"title": form.title[:255], "author": "safeplan", "created": datetime(made.year, made.month, made.day)}
        )
        _Writer(book, form).write()
    return stream.getvalue()


class _Writer:
    """Writes the one sheet of a form."""

    def __init__(self, book: Any, form: FormSheet) -> None:
        self._book, self._form = book, form
        self._page = book.add_worksheet(sheet_names([form.name])[0])
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._rows = len(form.rows)
        self._last = _FIRST_ROW + self._rows + form.spare - 1
        self._widths = [_width(form, index) for index in range(len(form.columns))]

    def write(self) -> None:
        """Write everything."""
        form, page = self._form, self._page
        shown = [at for at, one in enumerate(form.columns) if one.use is not Use.HIDDEN]
        across = max(shown, default=0)
        page.set_default_row(20)
        self._head(0, form.title, across, bold=True, font_size=15, align="center")
        self._head(1, form.hint, across, font_color="#606060")
        page.set_row(0, 28)
        page.set_row(1, 18 * max(1, -(-text_width(form.hint) // max(20, sum(self._widths[at] for at in shown)))))
        page.set_row(_KEY_ROW, None, None, {"hidden": True})
        for at, column in enumerate(form.columns):
            hidden = {"hidden": True} if column.use is Use.HIDDEN else {}
            page.set_column(at, at, self._widths[at], None, hidden)
            page.write_string(_KEY_ROW, at, column.key)
            colour = "#FFF2CC" if column.use is Use.OPEN else "#E7ECF2"
            page.write_string(_HEADING_ROW, at, column.title, self._look(bold=True, bg_color=colour, align="center"))
            self._offer(at, column)
        lines = max((-(-text_width(one.title) // self._widths[at]) for at, one in enumerate(form.columns)), default=1)
        page.set_row(_HEADING_ROW, max(20, _LINE * lines + 4))
        for number, row in enumerate(form.rows, start=_FIRST_ROW):
            self._row(number, row)
        for number in range(_FIRST_ROW + self._rows, self._last + 1):
            self._spare_row(number)
        self._protect()
        self._paper(across)

    def _look(self, **properties: Any) -> Any:
        whole = {"font_name": self._form.font, "font_size": 10.5, "valign": "vcenter", "border": 1, "text_wrap": True}
        whole.update(properties)
        key = tuple(sorted(whole.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format(whole)
        return self._looks[key]

    def _head(self, row: int, text: str, across: int, **properties: Any) -> None:
        look = self._look(border=0, **properties)
        if across:
            self._page.merge_range(row, 0, row, across, "", look)
        self._page.write_string(row, 0, scrub(text), look)

    def _row(self, number: int, row: tuple[Cell, ...]) -> None:
        lines = 1
        for at, (column, cell) in enumerate(zip(self._form.columns, row, strict=True)):
            if column.use is Use.OPEN:
                self._open(number, at, column)
            elif isinstance(cell, date):
                self._page.write_datetime(number, at, cell, self._look(num_format="yyyy-mm-dd", align="center"))
            elif isinstance(cell, (int, float)):
                self._page.write_number(number, at, cell, self._look(align="center"))
            else:
                self._page.write_string(number, at, scrub(cell or ""), self._look())
            if column.use is Use.FIXED:
                lines = max(lines, -(-text_width(cell_text(cell)) // self._widths[at]))
        if lines > 1:
            self._page.set_row(number, _LINE * lines + 4)

    def _spare_row(self, number: int) -> None:
        for at, column in enumerate(self._form.columns):
            if column.use is Use.OPEN or column.also_spare:
                self._open(number, at, column)
            else:
                self._page.write_blank(number, at, None, self._look())

    def _open(self, number: int, at: int, column: FormColumn) -> None:
        """Leave a cell to be filled in; what is typed into it stays the text that it is."""
        written = {"num_format": "yyyy-mm-dd"} if column.is_day else {"num_format": "@"}
        self._page.write_blank(number, at, None, self._look(bg_color="#FFFBEA", locked=False, **written))

    def _offer(self, at: int, column: FormColumn) -> None:
        if self._last < _FIRST_ROW or column.use is not Use.OPEN:
            return
        rule: dict[str, Any] = {"error_message": self._form.refusal[:255], "ignore_blank": True}
        if column.choices:
            rule |= {"validate": "list", "source": list(column.choices)}
        elif column.is_day:
            between = {"criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            rule |= {"validate": "date", "error_type": "warning", **between}
        else:
            return
        self._page.data_validation(_FIRST_ROW, at, self._last, at, rule)

    def _protect(self) -> None:
        """Lock the fixed cells, without a password: against slips, not against people."""
        allowed = ("format_cells", "format_columns", "format_rows", "autofilter", "sort")
        self._page.protect("", dict.fromkeys(allowed, True))

    def _paper(self, across: int) -> None:
        page = self._page
        page.freeze_panes(_FIRST_ROW, 0)
        page.repeat_rows(_HEADING_ROW)
        page.print_area(0, 0, max(self._last, _HEADING_ROW), across)
        page.set_paper(9)  # A4
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)


def _width(form: FormSheet, index: int) -> int:
    column = form.columns[index]
    if column.width is not None:
        return max(column.width, *(len(word) + 2 for word in _WORD.findall(column.title)), 0)
    longest = max((text_width(cell_text(row[index])) for row in form.rows[:_SAMPLE]), default=0)
    longest = max([longest, *(text_width(one) + 3 for one in column.choices), 10 if column.is_day else 0])
    return min(_WIDEST, max(_NARROWEST, text_width(column.title), longest)) + 2
