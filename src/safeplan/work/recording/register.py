"""The offices' own ledgers (检查台账, 巡查日志, 隐患台账) read as what they tell, found by their known headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeplan.core.events.findings import Finding, Verdict
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.plan.fields import EnterpriseRef, GridRef
from safeplan.reading.cells import Cells
from safeplan.reading.header import Header, body, find_header, normalised
from safeplan.terms.diagnostic import Diagnostic
from safeplan.work.recording.rows import FindingRow, Item, Meanings, Row, SheetRows, VisitRow
from safeplan.work.recording.visits import default_family
from safeplan.work.recording.words import NOTHING_FOUND, read_finding

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": ("检查日期", "检查时间", "检查起止时间", "巡查日期", "巡查时间", "日期", "发现日期", "Date",
            "Day of the inspection"),
    "enterprise": (
        "单位名称", "企业名称", "被检查单位", "受检单位", "检查对象", "被检查对象", "企业", "单位", "名称", "Unit",
        "Enterprise",
    ),
    "enterprise_id": ("企业编号", "单位编号", "Enterprise id"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "信用代码", "Credit code"),
    "grid": ("所属村(社区)/网格", "所属网格", "所属村(社区)", "网格", "村", "Village or grid", "Grid"),
    "officers": ("检查人员", "执法人员", "行政执法人员", "检查人", "巡查人员", "巡查人", "执法人员1", "Officers"),
    "officers2": ("执法人员2",),
    "outcome": ("检查结果", "结果", "How it ended"),
    "family": ("检查性质", "Kind of check"),
    "found": ("发现问题", "存在问题", "检查发现问题", "发现的问题"),
    "text": ("隐患内容", "问题隐患", "隐患描述", "隐患问题", "What was found"),
    "part": ("隐患部位",),
    "code": ("隐患类别", "隐患代码", "标准条款", "Kind of finding"),
    "severity": ("隐患级别", "隐患等级", "级别", "Severity of the finding"),
    "measures": ("整改措施", "Measures"),
    "paper": ("文书编号", "文号", "Number of the order"),
    "due": ("整改期限", "整改时限", "To be mended by"),
    "rectified": ("整改完成时间", "整改完成日期", "完成时间", "Mended on"),
    "reinspected": ("复查时间", "复查日期", "Reinspected on"),
    "reinspected_by": ("复查人", "复查人员", "Reinspected by"),
    "verdict": ("复查结论", "复查结果", "复查意见", "Result of the reinspection"),
    "closed": ("销号日期", "销号时间", "Closed on"),
    "number": ("隐患编号", "Number of the finding"),
    "note": ("备注", "Note", "Remarks"),
}  # fmt: skip
_PLAIN_DAYS = frozenset({"日期", "date"})
"""Headings of a day that may as well be planned."""
KNOWN: Mapping[str, str] = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
"""Heading → field, as offices write them, and as `ledger export` does."""


def header_of(cells: Cells) -> Header | list[Diagnostic]:
    """Find the headings of a ledger."""
    return find_header(cells, KNOWN)


def read_register(cells: Cells, header: Header, meanings: Meanings) -> SheetRows:
    """Read a ledger; what is wrong is said in `meanings`.

    A sheet with a column of findings (隐患内容) and none of results is one of findings, any other one of visits. Where
    there is a column of results, a row without one is not filled in; a roster, which has neither that nor a day that is
    called one of inspection, tells nothing that happened.
    """
    fields = {column.name for column in header.columns if column.known}
    of_findings = "text" in fields and "outcome" not in fields
    missing = _missing(fields, of_findings)
    for field in missing:
        found = tuple(column.heading for column in header.columns)
        meanings.say("missing-column", cells.place(header.last_row), key=_HEADINGS[field][0], found=found)
    if not missing and not fields & {"outcome", "found", "text"} and normalised(header.headings["day"]) in _PLAIN_DAYS:
        meanings.say("tells-no-outcome", cells.place(header.last_row), expected=_HEADINGS["outcome"][0])
        return SheetRows()
    if missing:
        return SheetRows()
    rows = list(_rows(cells, header))
    told = [row for row in rows if "outcome" in row.texts] if "outcome" in fields else rows
    read = _finding_row if of_findings else _visit_row
    return SheetRows(tuple(item for row in told for item in read(row, meanings)), len(rows) - len(told))


def _missing(fields: set[str], of_findings: bool) -> list[str]:
    """Give the fields that a ledger must have and this one has not."""
    missing = [one for one in ("day", *(("enterprise", "text") if of_findings else ())) if one not in fields]
    if not of_findings and not fields & {"enterprise", "enterprise_id", "credit_code", "grid"}:
        missing.append("enterprise")
    return missing


def _rows(cells: Cells, header: Header) -> Iterator[Row]:
    headings = {column.name: column.heading for column in header.columns if column.known}
    for values in body(cells, header).iter_rows(named=True):
        texts = {field: text for field in headings if (text := values[field])}
        if texts:
            yield Row(cells, values["row"], texts, headings)


def _visit_row(row: Row, meanings: Meanings) -> Iterator[Item]:
    """Give the visit of a row, and the finding that it names."""
    said = meanings.said
    day, officers, outcome = (
        meanings.day(row, "day"),
        meanings.officers(row, "officers", "officers2"),
        meanings.outcome(row),
    )
    family, severity = meanings.family(row), meanings.severity(row)
    enterprise, grid = _subject(row, meanings)
    text = row.texts.get("found") or row.texts.get("text") or ""
    if text.casefold() in NOTHING_FOUND:
        text = ""
    if text and enterprise is None:
        meanings.say("finding-without-enterprise", row.place("found" if "found" in row.texts else "text"))
    _must_say(row, meanings, "day")
    if meanings.said > said or day is None or officers is None:
        return
    visit = VisitMade(
        day=day,
        enterprise=enterprise,
        grid=grid,
        outcome=outcome or Outcome.DONE,
        officers=officers,
        family=family or default_family(meanings.plan, officers, is_grid=grid is not None),
        note=row.texts.get("note", ""),
    )
    yield VisitRow(row, visit, outcome is not None, bool(officers), family is not None)
    if text and enterprise is not None:
        read = read_finding(text, severity)
        finding = Finding(
            day=day, enterprise=enterprise, severity=read.severity, code=row.texts.get("code", "") or read.code,
            text=read.text, measures=row.texts.get("measures", ""), officers=officers,
        )  # fmt: skip
        yield FindingRow(row, finding)


def _finding_row(row: Row, meanings: Meanings) -> Iterator[Item]:
    """Give the finding of a row, and what became of it."""
    said = meanings.said
    _must_say(row, meanings, "day", "text")
    day, due, severity = meanings.day(row, "day"), meanings.due(row, "due"), meanings.severity(row)
    officers, by = meanings.officers(row, "officers"), meanings.officers(row, "reinspected_by")
    rectified, reinspected, closed = (meanings.day(row, one) for one in ("rectified", "reinspected", "closed"))
    verdict = meanings.verdict(row)
    enterprise = meanings.enterprise(row)
    if enterprise is None and not row.texts.keys() & {"enterprise", "enterprise_id"}:
        _must_say(row, meanings, "enterprise")
    if meanings.said > said or day is None or enterprise is None or officers is None or by is None:
        return
    part = row.texts.get("part", "")
    read = read_finding(row.texts["text"], severity)
    finding = Finding(
        day=day,
        enterprise=enterprise,
        severity=read.severity,
        code=row.texts.get("code", "") or read.code,
        text=f"{part}：{read.text}" if part else read.text,
        measures=row.texts.get("measures", ""),
        officers=officers,
        due=due if due is not None and due >= day else None,
        paper=row.texts.get("paper", ""),
        note=row.texts.get("note", ""),
    )
    if closed is not None and verdict is None:  # it is closed by a reinspection that passed
        verdict, reinspected = Verdict.PASS, reinspected or closed
    for field, later in (("rectified", rectified), ("reinspected", reinspected)):
        if later is not None and later < day:
            meanings.say("mended-before-found", row.place(field), found=later, expected=day)
    if verdict is not None and reinspected is None:
        meanings.say("empty-cell", row.place("reinspected"), found=row.headings.get("reinspected", "复查时间"))
    if meanings.said == said:
        yield FindingRow(row, finding, _number(row), rectified, reinspected, verdict, by)


def _subject(row: Row, meanings: Meanings) -> tuple[EnterpriseRef | None, GridRef | None]:
    """Give the enterprise of a row, else the grid that was patrolled."""
    enterprise = meanings.enterprise(row)
    if enterprise is not None:
        return enterprise, None
    if not row.texts.keys() & {"enterprise", "enterprise_id"}:
        if "grid" in row.texts:
            return None, meanings.grid(row)
        _must_say(row, meanings, "enterprise")
    elif "enterprise" not in row.texts:
        meanings.say(
            "unknown-enterprise", row.place("enterprise_id"), found=row.texts["enterprise_id"], suggestion=None
        )
    return None, None


def _must_say(row: Row, meanings: Meanings, *fields: str) -> None:
    for field in fields:
        if field not in row.texts:
            meanings.say("empty-cell", row.place(field), found=row.headings.get(field, _HEADINGS[field][0]))


def _number(row: Row) -> int | None:
    """Read the number that the ledger itself gave: F12. Offices' own numbers say nothing here."""
    text = row.texts.get("number", "").upper()
    return int(text[1:]) if text[:1] == "F" and text[1:].isdigit() and len(text) < 14 else None
