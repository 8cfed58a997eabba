"""Enterprises (企业): the one row model, from which the columns of every register are derived.

Headings known for each field stand here, in `headings`; a column that is no field stays under its own name for
selectors.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from safeplan.plan.fields import (
    ClassRef,
    Day,
    DaysList,
    GridRef,
    Id,
    Integer,
    Model,
    Number,
    Text,
    Texts,
    as_list,
)
from safeplan.plan.people import Location, read_location
from safeplan.terms.diagnostic import TermError
from safeplan.terms.span import Span
from safeplan.terms.text import half_width, is_placeholder

OPEN = ("在营", "开业", "存续", "营业", "正常", "open", "")
"""What `status` says of an enterprise that is planned; anything else is not."""


class DatedClass(Model):
    """A class, and from when it holds."""

    from_: Day | None = Field(None, alias="from", description="first day; left out: from ever")
    class_: ClassRef = Field(alias="class", description="the class, by its key or label")


class DatedGrid(Model):
    """A grid, and from when the enterprise lies in it."""

    from_: Day | None = Field(None, alias="from", description="first day; left out: from ever")
    grid: GridRef = Field(description="the grid, by its id or name")


class Permit(Model):
    """A permit and its last day."""

    name: Text = Field(description="what it is called")
    expires: Day | None = Field(None, description="its last day")


_ENDS = re.compile(
    r"(.*?)[\s,:(]*(?:有效期限?(?:至|到|为)?|到期(?:日期|日|时间)?|expires)[\s,:]*(.+?)\s*\)?", re.DOTALL
)
_DAY_AFTER = re.compile(r"(.*?)[\s,:(]+(\d{4}[-./年]\s*\d{1,2}[^()]*?)\s*\)?", re.DOTALL)
_FOREVER = ("长期", "永久", "长期有效", "永久有效", "无固定期限", "无")


def read_permit(value: object) -> object:
    """Read a permit as a cell has it: 安全生产许可证, 安全生产许可证 2026-09-30, 排污许可证（有效期至2026年9月30日）.

    Of a span (2023-10-01至2026-09-30) the last day is meant; 长期 is no last day.
    """
    if not isinstance(value, str):
        return value
    text = half_width(value).strip()
    match = _ENDS.fullmatch(text) or _DAY_AFTER.fullmatch(text)
    if match is None or is_placeholder(match[2]):
        return {"name": value.strip()}
    name, day = match[1].strip(" ,:("), match[2].strip()
    permit = {"name": name or "许可证"}
    if day not in _FOREVER:
        permit["expires"] = _last_of(day)
    return permit


def _last_of(day: str) -> str:
    try:
        return str(Span.parse(day).last)
    except TermError:
        return day  # for the field to read with its year, or to refuse


def _permits(value: object) -> object:
    items = as_list(value)
    return [read_permit(item) for item in items] if isinstance(items, (list, tuple)) else items


def _dated(key: str) -> Any:
    def read(value: object) -> object:
        return [{key: value}] if isinstance(value, str) else value

    return BeforeValidator(read)


def read_level(value: object) -> object:
    """Read a level of standardisation: 1, 一级, 三级 as a number; none, 无, 未评 as no level."""
    if not isinstance(value, str):
        return value
    text = half_width(value).strip().removesuffix("级").removesuffix(".0")
    if text.lower() in ("none", "无", "未评", "未定", "未达标", "-", ""):
        return None
    return {"一": "1", "二": "2", "三": "3"}.get(text, text)


def _head(*headings: str, personal: bool = False, description: str = "") -> dict[str, Any]:
    extra: dict[str, Any] = {"headings": list(headings)}
    if personal:
        extra["personal"] = True
    return {"json_schema_extra": extra, "description": description or None}


class Enterprise(Model):
    """企业: what is inspected. Without an id it is called by its credit code, else name@grid."""

    id: Id | None = Field(
        None,
        **_head("企业编号", "编号", "单位编号", "企业id", description="left out: the credit code, else name@grid"),
    )
    name: Text = Field(
        min_length=1,
        **_head("企业名称", "单位名称", "名称", "企业全称", "主体名称", "市场主体名称", description="what people read"),
    )
    credit_code: Text = Field(
        "",
        **_head(
            "统一社会信用代码",
            "社会信用代码",
            "信用代码",
            "统一信用代码",
            description="18 characters; its check digit is checked",
        ),
    )
    class_: Annotated[tuple[DatedClass, ...], _dated("class")] = Field(
        (),
        alias="class",
        **_head(
            "类别",
            "管理分类",
            "监管类别",
            "企业类别",
            "管理类别",
            "分类",
            "风险等级",
            "监管等级",
            description="监管类别: one, or dated; A, a, Ａ, A类, A级 and 甲 are the same",
        ),
    )
    sector: Text = Field(
        "", **_head("行业类别", "行业", "所属行业", "行业类型", description="any text that selectors use")
    )
    grid: Annotated[tuple[DatedGrid, ...], _dated("grid")] = Field(
        (),
        **_head(
            "所属网格",
            "网格",
            "所属村",
            "所属社区",
            "村(社区)",
            "所属村(社区)",
            "所属村(社区)/网格",
            "社区",
            "村",
            description="one, or dated; by id or name",
        ),
    )
    address: Text = Field(
        "", **_head("地址", "单位地址", "企业地址", "经营地址", "详细地址", "住所", description="printed on rosters")
    )
    latitude: Number | None = Field(None, ge=-90, le=90, **_head("纬度", description="degrees"))
    longitude: Number | None = Field(None, ge=-180, le=180, **_head("经度", description="degrees"))
    workers: Integer | None = Field(
        None, ge=0, **_head("从业人数", "员工人数", "人数", "从业人员", "从业人员数", description="how many")
    )
    status: Text = Field(
        "",
        **_head(
            "状态",
            "经营状态",
            "企业状态",
            description="在营, 开业, 存续, 营业, 正常, open or nothing: planned; else not",
        ),
    )
    active_from: Day | None = Field(None, **_head("启用日期", "开业日期", description="nothing is planned before"))
    active_to: Day | None = Field(None, **_head("停用日期", "停业日期", description="nothing is planned after"))
    closed: DaysList = Field(
        (), **_head("不可检查日", "休息日", "歇业日", description="days on which it cannot be visited")
    )
    tags: Texts = Field((), **_head("标签", "特征", "重点标签", description="words that selectors use"))
    standard_level: Annotated[Integer | None, BeforeValidator(read_level)] = Field(
        None,
        ge=1,
        le=9,
        **_head("标准化等级", "安全生产标准化等级", "标准化级别", description="1 is best; 一级, 三级 are read too"),
    )
    standard_until: Day | None = Field(
        None, **_head("标准化有效期", "标准化到期日", description="the level's last day")
    )
    risk: Number | None = Field(
        None, **_head("风险分值", "风险值", "风险分", description="any number, higher is worse")
    )
    last_visit: Day | None = Field(
        None,
        **_head("上次检查日期", "最近检查日期", "上次检查时间", description="what is known from before the ledger"),
    )
    permits: Annotated[tuple[Permit, ...], BeforeValidator(_permits)] = Field(
        (),
        **_head(
            "许可证",
            "许可证及有效期",
            "许可证件",
            "证照及有效期",
            description="许可证: name and last day; in a cell 安全生产许可证 2026-09-30, several parted by ；",
        ),
    )
    legal_person: Text = Field(
        "",
        **_head(
            "法定代表人", "法人", "负责人", "法定代表人(负责人)", personal=True, description="who answers for it in law"
        ),
    )
    contact_name: Text = Field(
        "", **_head("联系人", "安全负责人", "联系人姓名", personal=True, description="whom to ask for")
    )
    contact_phone: Text = Field(
        "", **_head("联系电话", "电话", "手机", "手机号", personal=True, description="telephone")
    )
    credit: Text = Field("", **_head("信用等级", "信用评级", description="any text that selectors use"))
    online: Text = Field("", **_head("网上经营", "网络经营", description="any text that selectors use"))

    @model_validator(mode="before")
    @classmethod
    def _parts(cls, value: Any) -> Any:
        """Lay what YAML writes as one mapping (location, active, contact) into its columns."""
        if not isinstance(value, dict):
            return value
        value = dict(value)
        if "location" in value:
            place = Location.model_validate(read_location(value.pop("location")))
            value |= {"latitude": place.latitude, "longitude": place.longitude}
        if isinstance(value.get("active"), dict):
            active = value.pop("active")
            value |= {f"active_{key}": active[key] for key in ("from", "to") if key in active}
            value |= {f"active.{key}": active[key] for key in active if key not in ("from", "to")}
        if isinstance(value.get("contact"), dict):
            contact = value.pop("contact")
            value |= {f"contact_{key}": contact[key] for key in ("name", "phone") if key in contact}
            value |= {f"contact.{key}": contact[key] for key in contact if key not in ("name", "phone")}
        return value

    @field_validator("name", "address", mode="after")
    @classmethod
    def _one_line(cls, value: str) -> str:
        return " ".join(value.split())
