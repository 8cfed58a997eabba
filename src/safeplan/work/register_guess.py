"""What a column without a known heading holds, judged by its texts: codes, coordinates, classes, villages, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from safeplan.reading.check_register import check_digits
from safeplan.reading.values import read_days

MOST_CLASSES = 12
"""More different texts than this are no classes."""

_LONG = 12
_MOSTLY = 0.8
"""Share of a column's texts that must look alike; the others are the slips that every register has."""

_CLASS = (
    r"^(?:[a-eａ-ｅ甲乙丙丁戊](?:类|级|等)?|[一二三四五1-5](?:类|级|等)|[ⅰⅱⅲⅳⅴ](?:类|级|等)?"
    r"|(?:高|较高|中|低|较低|重大|较大|一般)(?:风险|危险)?|[红橙黄蓝](?:色|级)?|重点|非重点)$"
)
_VILLAGE = r"(?:村|社区|居委会|村委会|居民委员会|村民委员会|网格|片区)$"
_FIRM = (
    r"(?:公司|分公司|工厂|厂|店|商行|商店|经营部|门市部?|超市|酒店|宾馆|饭店|饭庄|餐厅|酒楼|餐馆|小吃|学校|小学|中学|幼儿园"
    r"|医院|诊所|卫生室|合作社|加油站|加气站|站|场|中心|市场|仓库|作坊|工作室|部|院|馆|行|坊|矿|企业)(?:[(（].*[)）])?$"
)
_STREET = r"(?:路|街|巷|大道|弄|号|组|栋|幢|工业园)"
_MOBILE = r"^(?:\+?86)?1[3-9]\d{9}$|^0\d{2,3}-?\d{7,8}$"
_DECIMAL = r"^\d{1,3}\.\d+$"

_OTHER_DAYS = re.compile("成立|注册|登记|有效|到期|发证|截止|出生|签订|核准|开业|投产|更新|填报|创建")
"""Days of these headings are no visits."""
_HINTS: Mapping[str, re.Pattern[str]] = {
    "class_": re.compile("类|级|风险|class|level", re.IGNORECASE),
    "grid": re.compile("村|社区|网格|居|片区|grid|village", re.IGNORECASE),
    "last_visit": re.compile("检查|巡查|走访|检|查|visit|inspect", re.IGNORECASE),
    "name": re.compile("名|企业|单位|name", re.IGNORECASE),
    "address": re.compile("址|住所|位置|address", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Looks:
    """A column that looks as if it filled a field; `share` of its texts do, `examples` are some of them."""

    column: str
    field: str
    share: float
    examples: tuple[str, ...]


def guess_columns(frame: pl.DataFrame, headings: Mapping[str, str], fields: frozenset[str]) -> list[Looks]:
    """Say which columns fill which fields, a column for each field at most.

    Parameters
    ----------
    frame
        The rows of data; texts.
    headings
        The columns to judge → their headings, which decide between columns that look alike.
    fields
        The fields that nothing fills yet. Of latitude and longitude both are guessed, or none.
    """
    found: list[Looks] = []
    for field in ("credit_code", "contact_phone", "class_", "grid", "name", "address", "last_visit"):
        if field not in fields:
            continue
        taken = {one.column for one in found}
        looks = [
            one
            for column in headings
            if column not in taken and (one := _looks(frame[column], field, headings[column]))
        ]
        if looks:
            hint = _HINTS.get(field)
            found.append(max(looks, key=lambda one: (bool(hint and hint.search(headings[one.column])), one.share)))
    if {"latitude", "longitude"} <= fields:
        found += _coordinates(frame, [name for name in headings if name not in {one.column for one in found}])
    return found


def looks_like(texts: pl.Series, field: str) -> float:
    """Give the share of a column's texts that look as those of a field do; 0 where they are too many or too few."""
    written = texts.drop_nulls()
    if written.is_empty():
        return 0.0
    return _TESTS[field](written)


def counted_texts(texts: pl.Series) -> list[tuple[str, int]]:
    """Give a column's different texts and how often each stands: the most frequent first, of equals the earlier."""
    counted = texts.drop_nulls().alias("text").to_frame().group_by("text", maintain_order=True).len()
    return counted.sort("len", descending=True, maintain_order=True).rows()


def examples_of(texts: pl.Series, most: int = 4) -> tuple[str, ...]:
    """Give the most frequent texts of a column, long ones cut."""
    return tuple(text if len(text) <= _LONG else f"{text[:_LONG]}…" for text, _ in counted_texts(texts)[:most])


def _looks(texts: pl.Series, field: str, heading: str) -> Looks | None:
    if field == "last_visit" and _OTHER_DAYS.search(heading):
        return None
    share = looks_like(texts, field)
    return Looks(texts.name, field, share, examples_of(texts)) if share >= _MOSTLY else None


def _coordinates(frame: pl.DataFrame, columns: list[str]) -> list[Looks]:
    """Find one column of latitudes and one of longitudes of China (3 to 54 north, 73 to 136 east)."""
    latitudes = [name for name in columns if _within(frame[name].drop_nulls(), 3, 54) >= _MOSTLY]
    longitudes = [name for name in columns if _within(frame[name].drop_nulls(), 73, 136) >= _MOSTLY]
    if len(latitudes) != 1 or len(longitudes) != 1:
        return []
    return [
        Looks(name, field, 1.0, examples_of(frame[name], 2))
        for name, field in ((latitudes[0], "latitude"), (longitudes[0], "longitude"))
    ]


def _within(written: pl.Series, least: float, most: float) -> float:
    """Give the share of decimals within bounds: whole numbers are counts, not degrees."""
    numbers = written.set(~written.str.contains(_DECIMAL), None).cast(pl.Float64)
    return _share(numbers.is_between(least, most), written)


def _share(right: pl.Series, written: pl.Series) -> float:
    return float(right.fill_null(False).sum()) / len(written) if len(written) else 0.0


def _matching(pattern: str) -> Callable[[pl.Series], float]:
    return lambda written: _share(written.str.replace_all(r"\s", "").str.contains(pattern), written)


def _credit_codes(written: pl.Series) -> float:
    """Codes with a right check digit; codes of 18 digits that a spreadsheet has rounded count too."""
    rounded = written.str.contains(r"^9\d{14,15}0{2,3}$|^9\.\d+[eE]\+17$")
    return _share(check_digits(written) | rounded, written)


def _classes(written: pl.Series) -> float:
    folded = written.str.to_lowercase().str.replace_all(r"\s", "")
    return _share(folded.str.contains(_CLASS), written) if folded.n_unique() <= MOST_CLASSES else 0.0


def _grids(written: pl.Series) -> float:
    """Villages repeat; a column of addresses that end so does not."""
    repeats = written.n_unique() <= max(1, len(written) // 2) or written.n_unique() <= 3
    return _matching(_VILLAGE)(written) if repeats else 0.0


def _names(written: pl.Series) -> float:
    return _matching(_FIRM)(written) if written.n_unique() >= len(written) * _MOSTLY else 0.0


def _days(written: pl.Series) -> float:
    """Days as people write them; bare numbers of five digits are money as often as Excel's days."""
    days, _ = read_days(written.set(written.str.contains(r"^\d+(?:\.\d+)?$"), None))
    return _share(days.dt.year().is_between(2000, 2100), written)


_TESTS: Mapping[str, Callable[[pl.Series], float]] = {
    "credit_code": _credit_codes,
    "contact_phone": _matching(_MOBILE),
    "class_": _classes,
    "grid": _grids,
    "name": _names,
    "address": _matching(_STREET),
    "last_visit": _days,
}
