"""Tables that a plan includes: registers of enterprises as columns, other lists as items of the tree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import get_origin

import polars as pl
from pydantic import BaseModel, ValidationError

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.file import PlanFile, TableFile
from safeplan.plan.plan import Input
from safeplan.plan.selection import HEADINGS
from safeplan.reading.cells import Cells, read_cells
from safeplan.reading.enterprises import Table
from safeplan.reading.folder import resolve_include
from safeplan.reading.header import Header, body, find_header, normalised
from safeplan.reading.limits import Limits
from safeplan.reading.problems import diagnostics_of, item_model, near
from safeplan.reading.values import rounded
from safeplan.reading.yaml_tree import Entry, Node, Scalar, Sequence, place_of, plain
from safeplan.reading.yaml_tree import Mapping as Tree
from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.origin import Place

_CODES = ("id", "credit_code")
"""Columns of codes, the one that names an enterprise first."""

LIST_HEADINGS: Mapping[str, Mapping[str, str]] = {
    "grids": {
        "网格编号": "id", "编号": "id", "网格名称": "name", "名称": "name", "网格级别": "level", "级别": "level",
        "上级网格": "parent", "上级": "parent", "网格长": "roles.lead", "网格员": "roles.coordinator",
        "纬度": "location.latitude", "经度": "location.longitude",
    },
    "officers": {
        "人员编号": "id", "工号": "id", "编号": "id", "姓名": "name", "职务": "title", "邮箱": "email",
        "电子邮箱": "email",
        "联系电话": "phone", "电话": "phone", "手机": "phone", "所属网格": "grids", "网格": "grids", "中队": "teams",
        "所属中队": "teams", "执法证号": "certificate.number", "证件号": "certificate.number",
        "执法证有效期": "certificate.expires", "技能": "skills", "专业": "skills", "请假": "leave", "回避": "avoids",
    },
    "teams": {"中队编号": "id", "编号": "id", "中队名称": "name", "名称": "name"},
    "pins": {
        "企业": "enterprise", "企业编号": "enterprise", "企业名称": "enterprise", "日期": "day", "检查日期": "day",
        "时限": "window", "检查人员": "officers", "事由": "reason", "来源": "cause", "文号": "number",
    },
    "others_visits": {
        "企业": "enterprise", "企业编号": "enterprise", "企业名称": "enterprise", "单位名称": "enterprise",
        "日期": "day", "检查日期": "day", "检查单位": "body", "检查部门": "body", "检查性质": "family",
    },
}  # fmt: skip
"""Headings of the lists' tables, as offices write them → key; a dot leads into a mapping."""


@dataclass(frozen=True, slots=True)
class Included:
    """A tree without includes, the registers, the files read, and what was wrong with them."""

    tree: Tree
    registers: tuple[Table, ...]
    inputs: tuple[Input, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Reader:
    folder: FilePath
    limits: Limits
    inputs: dict[str, Input] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self, node: Node, headings: Mapping[str, str], fields: frozenset[str]) -> Table | None:
        """Read the table that a node names; None when it cannot be read, which is said."""
        try:
            asked = TableFile.model_validate(plain(node))
        except ValidationError as failure:
            self.diagnostics += diagnostics_of(failure, TableFile, lambda path, key: place_of(node, path, key=key))
            return None
        path = resolve_include(self.folder, asked.file, place_of(node, ("file",)))
        if isinstance(path, Diagnostic):
            self.diagnostics.append(path)
            return None
        cells, problems = read_cells(path, asked.file, self.limits, sheet=asked.sheet)
        self.diagnostics += problems
        if cells is None:
            return None
        with path.open("rb") as stream:
            self.inputs.setdefault(asked.file, Input(asked.file, hashlib.file_digest(stream, "sha256").hexdigest()))
        known = {**headings, **{key: key for key in fields}, **_asked(asked, headings)}
        header = find_header(cells, known, asked.header, preferred=tuple(asked.columns))
        if isinstance(header, list):
            self.diagnostics += header
            return None
        self.diagnostics += header.warnings
        self._check_asked(asked, header, node)
        frame = body(cells, header)
        columns = {column.name: frame[column.name] for column in header.columns}
        self._say_rounded(cells, header, frame)
        return Table(cells.file, cells.sheet, columns, header.headings, frame["row"])

    def _check_asked(self, asked: TableFile, header: Header, node: Node) -> None:
        """Say which headings that `columns:` maps are not in the table."""
        written = {normalised(column.heading): column.heading for column in header.columns}
        for heading in asked.columns:
            if normalised(heading) not in written:
                expected = tuple(written.values())
                place = place_of(node, ("columns", heading), key=True)
                self.diagnostics.append(
                    error(
                        "unknown-heading", place, found=heading, expected=expected, suggestion=near(heading, expected)
                    )
                )

    def _say_rounded(self, cells: Cells, header: Header, frame: pl.DataFrame) -> None:
        """Say which codes the spreadsheet has rounded: an error where the code is the enterprise's id."""
        names = {column.name: column for column in header.columns if column.name in _CODES}
        id_ = next((name for name in _CODES if name in names), None)
        numbers = frame.select("row").join(
            cells.numbers.with_columns(cells.frame["row"]), on="row", how="left", maintain_order="left"
        )
        for name, column in names.items():
            lost = rounded(frame[name], numbers[column.cell]).arg_true().to_list()
            for at in lost:
                place = cells.place(int(frame["row"][at]), column.heading)
                make = error if name == id_ else warning
                self.diagnostics.append(make("rounded-code", place, found=frame[name][at]))


def _asked(asked: TableFile, headings: Mapping[str, str]) -> dict[str, str]:
    """Give what `columns:` maps, with a key's field where it has another name (class)."""
    return {heading: headings.get(name, name) for heading, name in asked.columns.items()}


def include_tables(tree: Tree, folder: FilePath, limits: Limits) -> Included:
    """Read the tables that the lists of a plan include.

    Parameters
    ----------
    tree
        The plan's, presets laid under.
    folder
        The plan's; tables stand in it or below.
    """
    reader = _Reader(folder, limits)
    registers: list[Table] = []
    entries = dict(tree.entries)
    for key, entry in tree.entries.items():
        model = _item(key)
        if model is None:
            continue
        items: list[Node] = []
        found = False
        for node in entry.value.items if isinstance(entry.value, Sequence) else (entry.value,):
            if not _is_table(node):
                items.append(node)
                continue
            found = True
            known = HEADINGS if model is Enterprise else LIST_HEADINGS.get(key, {})
            table = reader.read(node, known, frozenset(model.model_fields))
            if table is None:
                continue
            if model is Enterprise:
                registers.append(table)
            else:
                items += _rows(table, model)
        if found:
            entries[key] = Entry(entry.key_place, Sequence(tuple(items), entry.value.place))
    return Included(
        Tree(entries, tree.place), tuple(registers), tuple(reader.inputs.values()), tuple(reader.diagnostics)
    )


def _item(key: str) -> type[BaseModel] | None:
    """Give the model of a list's items; None when the key is no list."""
    field_ = PlanFile.model_fields.get(key)
    return item_model(field_.annotation) if field_ is not None and get_origin(field_.annotation) is tuple else None


def _is_table(node: Node) -> bool:
    return isinstance(node, Tree) and "file" in node.entries


def _rows(table: Table, model: type[BaseModel]) -> Iterator[Node]:
    """Make an item of each row; columns that are no keys of the item are left aside."""
    keys = {one.alias or name for name, one in model.model_fields.items()}
    columns = {name: cells.to_list() for name, cells in table.columns.items() if name.partition(".")[0] in keys}
    for at, row in enumerate(table.rows.to_list()):
        item = Tree({}, Place(table.file, row, sheet=table.sheet))
        for name, cells in columns.items():
            if cells[at] is not None and cells[at].strip():
                place = Place(table.file, row, sheet=table.sheet, field=table.headings[name])
                _put(item, name.split("."), Scalar(cells[at], place, False))
        if item.entries:
            yield item


def _put(item: Tree, path: list[str], value: Scalar) -> None:
    for step in path[:-1]:
        inner = item.entries.setdefault(step, Entry(value.place, Tree({}, value.place))).value
        assert isinstance(inner, Tree)
        item = inner
    item.entries[path[-1]] = Entry(value.place, value)
