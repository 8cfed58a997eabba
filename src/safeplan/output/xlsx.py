"""A Document as an Excel workbook that prints: text as text, days as days, a sheet for each that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from safeplan.document import Cell, Chart, Document, Note, Section, Table, Tone
from safeplan.output.cells import WEEKDAYS, cell_text, text_width, weeks_of, words_of
from safeplan.output.options import Options
from safeplan.output.slugs import sheet_names
from safeplan.words.language import Words

_EPOCH = date(2000, 1, 1)  # "made" of a document without a day: the same bytes every time
_TEXT_LIMIT = 32_767  # of a cell, Excel's
_ROW_LIMIT = 1_048_000  # of a sheet, with room for headings and signatures
_SAMPLE = 2_000  # rows that are measured for the width of a column
_NARROWEST, _WIDEST = 5, 42
_PAGE = 128  # half-width characters across an A4 page in a size that one reads
_SHORT = 18
_LINE = 15  # points of one line
_MOST_LINES = 26  # a row of Excel is at most 409 points high
_COLOURS = {Tone.GOOD: "#1B7F3B", Tone.WARNING: "#9A6700", Tone.BAD: "#C00000", Tone.QUIET: "#808080"}


def render(document: Document, options: Options) -> bytes:
    """Write the workbook; the same Document gives the same bytes.

    Every text is written as a text, never guessed to be a number, a link or a formula. Tables with the same `sheet`
    share one; notes, charts and tables without come on the first sheet, named after the document.
    """
    stream = BytesIO()
    words = words_of(document.language)
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(stream, settings) as book:
        made = document.made_on or _EPOCH
        book.set_properties({
            "title": document.title[:255],
            "author": "safeplan",
            "created": datetime(made.year, made.month, made.day),
        })  # fmt: skip
        writer = _Writer(book, document, words)
        sheets = _sheets(document, words)
        for name, sheet in zip(sheet_names([sheet.wish for sheet in sheets]), sheets, strict=True):
            writer.add_sheet(name, sheet)
    return stream.getvalue()


@dataclass(slots=True)
class _Sheet:
    """What stands on one sheet, from top to bottom."""

    wish: str
    sections: list[Section] = field(default_factory=list)
    portrait: bool = False


def _sheets(document: Document, words: Words) -> list[_Sheet]:
    """Sort the parts of a document to sheets: the loose ones to the first, tables to the sheet they ask for."""
    first = _Sheet(words("Overview"))
    named: dict[str, _Sheet] = {}
    heats: list[Chart] = []
    for section in document.sections:
        loose: list[Table] = []
        for table in (part for whole in section.tables for part in _within_a_sheet(whole)):
            if table.sheet:
                sheet = named.setdefault(table.sheet, _Sheet(table.sheet))
                sheet.sections.append(Section(table.title or section.title, tables=(table,)))
            else:
                loose.append(table)
        bars = tuple(chart for chart in section.charts if chart.kind != "heat")
        heats += [chart for chart in section.charts if chart.kind == "heat"]
        if section.notes or bars or loose:
            first.sections.append(replace(section, charts=bars, tables=tuple(loose)))
    # A year has 53 weeks: a page of its own.
    calendars = [_Sheet(chart.title, [Section("", charts=(chart,))], portrait=True) for chart in heats]
    sheets = [*named.values(), *calendars]
    return [first, *sheets] if first.sections or not sheets else sheets


def _within_a_sheet(table: Table) -> Iterator[Table]:
    """Part a table that is longer than a sheet; the second part and those after it get sheets of their own."""
    yield table if len(table.rows) <= _ROW_LIMIT else replace(table, rows=table.rows[:_ROW_LIMIT])
    for n, start in enumerate(range(_ROW_LIMIT, len(table.rows), _ROW_LIMIT), start=2):
        tones = table.tones[start : start + _ROW_LIMIT]
        wish = f"{table.sheet or table.title} {n}"
        yield replace(table, rows=table.rows[start : start + _ROW_LIMIT], tones=tones, sheet=wish)


class _Writer:
    """Writes sheets of one workbook with the formats they share."""

    def __init__(self, book: Any, document: Document, words: Words) -> None:
        self._book = book
        self._document = document
        self._words = words
        font = "宋体" if words.language == "zh_CN" else "Arial"
        self._font = {"font_name": font, "font_size": 10.5, "valign": "vcenter"}
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def add_sheet(self, name: str, sheet: _Sheet) -> None:
        """Write one sheet from top to bottom and set it up for A4 paper."""
        page = self._book.add_worksheet(name)
        page.set_default_row(18)
        tables = [table for section in sheet.sections for table in section.tables]
        across = max([8, *(len(table.columns) for table in tables)]) - 1
        self._set_widths(page, tables, across + 1)
        row = self._write_title(page, across)
        for number, section in enumerate(sheet.sections):
            if section.title and len(sheet.sections) > 1:
                row = self._write_line(page, row + (number > 0), section.title, across, bold=True, font_size=12)
            row = self._write_notes(page, row, section.notes, across)
            for chart in section.charts:
                row = self._write_chart(page, row, chart)
            for table in section.tables:
                row = self._write_table(page, row, table, alone=len(tables) == 1 and not section.charts)
        self._write_notes(page, row + 1, self._document.foot, across)
        self._set_paper(page, portrait=sheet.portrait)

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._font, **properties})
        return self._made[key]

    def _write_title(self, page: Any, across: int) -> int:
        look = self._format(bold=True, font_size=16, align="center", text_wrap=True)
        page.merge_range(0, 0, 0, across, "", look)
        page.write_string(0, 0, _short(self._document.title), look)
        page.set_row(0, 28 * -(-text_width(self._document.title) * 3 // (2 * self._across)))
        return self._write_notes(page, 1, self._document.head, across)

    def _write_notes(self, page: Any, row: int, notes: tuple[Note, ...], across: int) -> int:
        for note in notes:
            colour = {"font_color": _COLOURS[note.tone]} if note.tone in _COLOURS else {}
            row = self._write_line(page, row, note.text, across, **colour)
        return row

    def _write_line(self, page: Any, row: int, text: str, across: int, **look: Any) -> int:
        """Write a text over the whole width; merged cells do not grow by themselves, so the height is set."""
        wrapped = self._format(text_wrap=True, **look)
        page.merge_range(row, 0, row, across, "", wrapped)
        page.write_string(row, 0, _short(text), wrapped)
        lines = -(-text_width(text) // max(20, self._across))
        page.set_row(row, min(400, 16 * max(1, lines)))
        return row + 1

    def _set_widths(self, page: Any, tables: list[Table], count: int) -> None:
        widths: list[int] = []
        for table in tables:
            for index, column in enumerate(table.columns):
                width = min(_WIDEST, max(_NARROWEST, column.width or _natural_width(table, index))) + 2
                if index < len(widths):
                    widths[index] = max(widths[index], width)
                else:
                    widths.append(width)
        widths += [12] * (count - len(widths))
        spare = sum(widths) - _PAGE
        long = sum(width for width in widths if width > _SHORT)
        if spare > 0:  # the long columns wrap, so that the page need not shrink
            widths = [max(_SHORT, width - width * spare // long) if width > _SHORT else width for width in widths]
        self._widths, self._across = widths, sum(widths)
        for index, width in enumerate(widths):
            page.set_column(index, index, width)

    def _write_table(self, page: Any, row: int, table: Table, *, alone: bool) -> int:
        if table.title and not alone:
            row = self._write_line(page, row, table.title, len(table.columns) - 1 or 1, bold=True)
        heading = self._format(bold=True, bg_color="#E7ECF2", border=1, align="center", text_wrap=True)
        for index, column in enumerate(table.columns):
            page.write_string(row, index, _short(column.title or column.key), heading)
        if alone:
            page.freeze_panes(row + 1, 0)
            page.repeat_rows(row)
            if len(table.rows):
                page.autofilter(row, 0, row + len(table.rows), len(table.columns) - 1)
        tones = table.tones or [Tone.PLAIN] * len(table.rows)
        for row, (cells, tone) in enumerate(zip(table.rows, tones, strict=True), start=row + 1):  # noqa: B020
            lines = max((self._lines(cell, index) for index, cell in enumerate(cells)), default=1)
            if lines > 1:  # LibreOffice does not find the height by itself
                page.set_row(row, _LINE * lines + 4)
            for index, cell in enumerate(cells):
                self._write_cell(page, row, index, cell, table.columns[index].align, tone)
        if not len(table.rows):
            row = self._write_line(page, row + 1, self._words("None."), len(table.columns) - 1 or 1) - 1
        for line in table.signatures:
            row = self._write_line(page, row + 1, f"{line}：" + "_" * 24, len(table.columns) - 1 or 1)
        return row + 2

    def _lines(self, cell: Cell, index: int) -> int:
        """Give the lines that a text takes in its column; a Chinese character never straddles two."""
        room = self._widths[index] - 1
        if not isinstance(cell, str) or 2 * len(cell) <= room:
            return 1
        return min(_MOST_LINES, -(-text_width(cell) // room))

    def _write_cell(self, page: Any, row: int, column: int, cell: Cell, align: str, tone: Tone) -> None:
        look: dict[str, Any] = {"border": 1, "text_wrap": True, "align": "left"}
        if align == "right":
            look.update(align="right", indent=1)
        if tone in _COLOURS:
            look["font_color"] = _COLOURS[tone]
        if isinstance(cell, str):
            page.write_string(row, column, _short(cell), self._format(**look))
        elif isinstance(cell, date):
            look.update(num_format="yyyy-mm-dd", align="center", text_wrap=False)
            page.write_datetime(row, column, cell, self._format(**look))
        elif cell is None:
            page.write_blank(row, column, None, self._format(**look))
        else:
            page.write_number(row, column, cell, self._format(**look))

    def _write_chart(self, page: Any, row: int, chart: Chart) -> int:
        title = f"{chart.title}（{chart.unit}）" if chart.unit else chart.title
        row = self._write_line(page, row, title, 5, bold=True)
        return self._write_heat(page, row, chart) if chart.kind == "heat" else self._write_bars(page, row, chart)

    def _write_heat(self, page: Any, row: int, chart: Chart) -> int:
        """Write a week a row, shaded by Excel itself; a day above the limit is bold and red as well."""
        weeks = weeks_of(chart)
        heading = self._format(bold=True, align="center", border=1)
        for index, text in enumerate([self._words("Week of"), *(self._words(day) for day in WEEKDAYS)]):
            page.write_string(row, index, text, heading)
        plain = self._format(align="center", border=1)
        above = self._format(align="center", border=1, bold=True, font_color="#C00000")
        for number, week in enumerate(weeks, start=row + 1):
            monday = self._format(num_format="yyyy-mm-dd", border=1, align="center")
            page.write_datetime(number, 0, week.monday, monday)
            for index, value in enumerate(week.values, start=1):
                if value is None:
                    page.write_blank(number, index, None, plain)
                else:
                    over = chart.limit is not None and value > chart.limit
                    page.write_number(number, index, value, above if over else plain)
        if weeks:
            scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#F4A259"}
            page.conditional_format(row + 1, 1, row + len(weeks), 7, scale)
        return row + len(weeks) + 2

    def _write_bars(self, page: Any, row: int, chart: Chart) -> int:
        """Write the figures and a native chart of them.

        Its names are references to cells: xlsxwriter would read a name that begins with = as one.
        """
        label, number = self._format(border=1), self._format(border=1, align="right")
        heading = self._format(bold=True, border=1, align="center")
        titles = ["", chart.unit, self._words("limit")] if chart.limit is not None else ["", chart.unit]
        for index, title in enumerate(titles):
            page.write_string(row, index, _short(title), heading)
        for index, (name, value) in enumerate(zip(chart.labels, chart.values, strict=True), start=row + 1):
            page.write_string(index, 0, _short(cell_text(name)), label)
            page.write_number(index, 1, value, number)
            if chart.limit is not None:
                page.write_number(index, 2, chart.limit, number)
        last = row + len(chart.labels)
        if last == row:
            return row + 2
        sheet = page.get_name()
        drawn, line = self._book.add_chart({"type": "column"}), self._book.add_chart({"type": "line"})
        looks: list[dict[str, Any]] = [
            {"gap": 60, "fill": {"color": "#3B6EA5"}},
            {"line": {"color": "#C00000", "width": 1.5}},
        ]
        for column, (each, look) in enumerate(zip((drawn, line)[: len(titles) - 1], looks, strict=False), start=1):
            each.add_series({
                "categories": [sheet, row + 1, 0, last, 0],
                "values": [sheet, row + 1, column, last, column],
                "name": [sheet, row, column],
                **look,
            })  # fmt: skip
        if chart.limit is not None:
            drawn.combine(line)
        drawn.set_title({"name": [sheet, row - 1, 0], "name_font": {"size": 11}})
        drawn.set_legend({"position": "bottom"} if chart.limit is not None else {"none": True})
        drawn.set_size({"width": 560, "height": 260})
        page.insert_chart(row, 4, drawn)
        return max(last + 2, row + 14)

    def _set_paper(self, page: Any, *, portrait: bool) -> None:
        page.set_paper(9)  # A4
        if portrait:
            page.fit_to_pages(1, 1)
        else:
            page.set_landscape()
            page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.set_footer("&C" + self._words("Page {page} of {pages}", page="&P", pages="&N"))


def _natural_width(table: Table, index: int) -> int:
    """Give the width that a column's heading and first rows take, days as ten."""
    rows = table.rows[:_SAMPLE]
    column = table.columns[index]
    heading = text_width(column.title or column.key) + 3  # the button of the filter
    return max([heading, *(text_width(cell_text(row[index])) for row in rows)])


def _short(text: str) -> str:
    return text if len(text.encode("utf-16-le")) <= 2 * _TEXT_LIMIT else text[: _TEXT_LIMIT // 2] + "…"
