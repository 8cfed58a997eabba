"""How offices spell things, brought to the referee's own spelling: days, levels, classes, placeholders, headings."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

ENTERPRISES = {
    "企业名称": "name", "单位名称": "name", "名称": "name", "企业编号": "id", "编号": "id",
    "统一社会信用代码": "credit_code",
    "类别": "class", "管理分类": "class", "监管类别": "class", "企业类别": "class",
    "行业类别": "sector", "行业": "sector", "所属网格": "grid", "所属村": "grid", "所属村(社区)": "grid",
    "所属社区": "grid", "标签": "tags", "经度": "longitude", "纬度": "latitude", "标准化等级": "standard_level",
    "上次检查日期": "last_visit", "状态": "status", "地址": "address", "从业人数": "workers", "歇业日": "closed",
    "风险分值": "risk", "信用等级": "credit", "网上经营": "online",
}  # fmt: skip
GRIDS = {
    "网格编号": "id", "编号": "id", "网格名称": "name", "名称": "name", "级别": "level", "上级": "parent",
    "网格长": "roles.lead", "网格员": "roles.coordinator",
}  # fmt: skip
OFFICERS = {
    "工号": "id", "编号": "id", "姓名": "name", "职务": "title", "所属网格": "grids", "中队": "teams",
    "执法证号": "certificate.number", "执法证有效期": "certificate.expires", "请假": "leave", "专业": "skills",
}  # fmt: skip
LISTS = {"tags", "closed", "leave", "grids", "teams", "skills"}

_DAY = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})日?")
_TO = re.compile(r"\s*(?:/|至|—+|-{2}|~)\s*")
_OPEN = re.compile(r"(?=.*[xX×_*])[\dxX×_*%\s年月日个家户/至—-]+")
_WEEKDAYS = dict(
    zip(
        ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        strict=True,
    )
)
_LEVELS = {"一级": "1", "二级": "2", "三级": "3"}
_LETTERS = {"甲": "A", "乙": "B", "丙": "C", "丁": "D"}


def plainly(value: Any, year: str) -> Any:
    """A plan without placeholders, its days in ISO 8601; `year` is that of days without one."""
    if isinstance(value, dict):
        kept = {key: plainly(one, year) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one is not None or key == "where"}
    if isinstance(value, list):
        return [one for one in (plainly(one, year) for one in value) if one is not None]
    if isinstance(value, str):
        return None if _OPEN.fullmatch(value.strip()) else plain_days(value, year)
    return value


def plain_days(text: str, year: str) -> str:
    """A day, a span or a weekday in the referee's spelling; any other text as it is."""
    if text.strip() in _WEEKDAYS:
        return _WEEKDAYS[text.strip()]
    parts = [unicodedata.normalize("NFKC", part) for part in _TO.split(text.strip())]
    is_number = re.fullmatch(r"[\d.]+", parts[0]) and parts[0].count(".") < 2
    if len(parts) > 2 or not _DAY.fullmatch(parts[0]) or is_number:
        return text
    first = _iso(parts[0], year)
    if len(parts) == 1:
        return first
    if re.fullmatch(r"\d{1,2}日", parts[1]):
        return f"{first}/{first[:8]}{int(parts[1][:-1]):02}"
    return f"{first}/{_iso(parts[1], first[:4])}" if _DAY.fullmatch(parts[1]) else text


def _iso(text: str, year: str) -> str:
    match = _DAY.fullmatch(text)
    assert match is not None
    return f"{match[1] or year}-{int(match[2]):02}-{int(match[3]):02}"


def level(text: str) -> str:
    """A level of standardisation as a figure."""
    return _LEVELS.get(text.strip(), text)


def class_key(text: str, classes: dict[str, Any]) -> str:
    """The key of the class that is meant: by key or label, as a, A类, A级 or 甲."""
    labels = {c.get("label"): k for k, c in classes.items() if isinstance(c, dict) and c.get("label")}
    bare = text.strip().removesuffix("类").removesuffix("级")
    for one in (text, bare, bare.upper(), _LETTERS.get(bare, "")):
        if one in classes:
            return one
        if one in labels:
            return labels[one]
    return text


def row_of(cells: dict[str, str], year: str) -> dict[str, Any]:
    """A row of a table as a line of the plan: lists parted, a dot leads into a mapping."""
    row: dict[str, Any] = {}
    for key, text in cells.items():
        head, _, tail = key.partition(".")
        value: Any = plainly(text, year)
        if key in LISTS or head == "roles":
            value = [plain_days(part, year) for part in re.split(r"\s*[;；、|]\s*", text)]
        if value is None:
            continue
        if tail:
            row.setdefault(head, {})[tail] = value
        else:
            row[key] = level(value) if key == "standard_level" else value
    return row
