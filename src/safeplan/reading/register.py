"""Registers column by column: a million enterprises without a Python object each.

Each distinct value of a structured column goes through the field's own type once and is joined back; texts and plain
numbers have a check of whole columns beside the validator; only values that fail meet pydantic, for the message.
`of_models` makes the same frame from validated models, row by row; a property test proves that both agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args

import annotated_types
import polars as pl
from pydantic import TypeAdapter, ValidationError

from safeplan.plan.enterprise import DatedClass, DatedGrid, Enterprise
from safeplan.reading.values import day_texts
from safeplan.terms.diagnostic import TermError, Value
from safeplan.terms.text import is_placeholder

_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
SPACE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python calls white space, as a class of a regular expression."""

_MAY_COMPOSE = r"[^\x00-\x7f\x{4e00}-\x{9fff}\x{ff00}-\x{ffef}]"

FORBIDDEN_IN_ID = (
    rf"[/{SPACE}\x00-\x1f\x7f-\x9f\x{{200b}}-\x{{200f}}\x{{202a}}-\x{{202e}}\x{{2060}}-\x{{206f}}\x{{feff}}]"
)
_MAY_BE_PLACEHOLDER = "[xXｘＸ×_＿*＊]"
_WHOLE = "^-?[0-9]{1,15}$"
_DECIMAL = r"^-?[0-9]{1,15}(\.[0-9]+)?$"
_ONE_LINE = ("name", "address")
_PERMITS = pl.List(pl.Struct({"name": pl.String(), "expires": pl.Date()}))
_ENOUGH = 2_000
"""Distinct bad values after which a column is read no further; a table with more is not a register."""

POOLED = ("class_", "grid", "closed")
"""Columns whose values are codes into a pool."""


@dataclass(slots=True)
class Pool:
    """Distinct structured values and their codes; 0 is the empty one."""

    values: list[tuple[Any, ...]] = field(default_factory=lambda: [()])
    _codes: dict[tuple[Any, ...], int] = field(default_factory=lambda: {(): 0})

    def code(self, value: tuple[Any, ...]) -> int:
        """Give the code of a value, a new one when it was not seen before."""
        code = self._codes.setdefault(value, len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code


@dataclass(slots=True)
class Pools:
    """The pools that the parts of a register share: dated classes, dated grids, closed days."""

    class_: Pool = field(default_factory=Pool)
    grid: Pool = field(default_factory=Pool)
    closed: Pool = field(default_factory=Pool)

    def of(self, name: str) -> Pool:
        """Give the pool of a column."""
        pool: Pool = getattr(self, name)
        return pool


@dataclass(frozen=True, slots=True)
class Failure:
    """A value of a column that its field refuses, or (code `placeholder`) takes as not set.

    `rows` are positions in the table, the first hundred or so; `count` how many there are.
    """

    field: str
    code: str
    values: Mapping[str, Value]
    rows: tuple[int, ...]
    count: int

    @property
    def is_warning(self) -> bool:
        """Whether the row is read all the same."""
        return self.code == "placeholder"


def of_columns(
    columns: Mapping[str, pl.Series],
    pools: Pools,
    year: int | None,
    spared: frozenset[str] = frozenset(),
    keep: int = 100,
) -> tuple[pl.DataFrame, list[Failure]]:
    """Validate the columns of a register.

    Parameters
    ----------
    columns
        Field of `Enterprise` → its cells as texts, null or blank where nothing is written; all of one length.
    pools
        Where structured values get their codes.
    year
        The year of days written without one.
    spared
        Texts that are no placeholders: the names of classes.
    keep
        Failing rows of one value that are kept.

    Returns
    -------
    pl.DataFrame, list of Failure
        One column a field of `Enterprise`, rows as in the table; what failed is not set there.
    """
    length = len(next(iter(columns.values()))) if columns else 0
    failures: list[Failure] = []
    done = []
    for name in Enterprise.model_fields:
        if name not in columns:
            done.append(_unset(name, length))
            continue
        texts = _stripped(columns[name].alias("text"))
        if dtype_of(name) == pl.Date():
            texts = day_texts(texts, year)
        texts = without_placeholders(name, texts, spared, failures, keep)
        done.append(_column(name, texts, pools, year, failures, keep).alias(name))
    return pl.DataFrame(done), failures


def of_models(enterprises: Sequence[Enterprise], pools: Pools) -> pl.DataFrame:
    """Make the same frame from validated models."""
    columns = {}
    for name in Enterprise.model_fields:
        cells = [_cell(name, getattr(one, name), pools) for one in enterprises]
        columns[name] = pl.Series(name, cells, dtype_of(name), strict=True)
    return pl.DataFrame(columns)


@cache
def dtype_of(name: str) -> pl.DataType:
    """Give the column type of a field of `Enterprise`."""
    if name in POOLED:
        return pl.Int32()
    if name == "permits":
        return _PERMITS
    types: dict[Any, pl.DataType] = {int: pl.Int64(), float: pl.Float64(), date: pl.Date(), str: pl.String()}
    kinds = _kinds(Enterprise.model_fields[name].annotation)
    if tuple in kinds:
        return pl.List(pl.String())
    return next(types[kind] for kind in types if kind in kinds)


def _kinds(annotation: Any) -> set[Any]:
    if annotation in (int, float, date, str, tuple):
        return {annotation}
    origin = getattr(annotation, "__origin__", None)
    if origin is tuple:
        return {tuple}
    return {
        kind
        for part in get_args(annotation)[: 1 if hasattr(annotation, "__metadata__") else None]
        for kind in _kinds(part)
    }


def _cell(name: str, value: Any, pools: Pools) -> Any:
    if name in POOLED:
        return pools.of(name).code(value)
    if name == "permits":
        return [{"name": one.name, "expires": one.expires} for one in value]
    return list(value) if isinstance(value, tuple) else value


def _unset(name: str, length: int) -> pl.Series:
    default = Enterprise.model_fields[name].get_default()
    value: Any = 0 if name in POOLED else [] if default == () else default if isinstance(default, str) else None
    return pl.Series(name, [value], dtype_of(name)).new_from_index(0, length)


def _stripped(texts: pl.Series) -> pl.Series:
    """Strip, and give null where nothing is left."""
    texts = texts.cast(pl.String).str.strip_chars(_SPACES)
    return texts.set(texts == "", None)


def without_placeholders(
    name: str, texts: pl.Series, spared: frozenset[str], failures: list[Failure], keep: int
) -> pl.Series:
    """Give a column of texts with null for placeholders, which are added to the failures as those of a field."""
    suspects = texts.filter(texts.str.contains(_MAY_BE_PLACEHOLDER) & (texts.str.len_chars() <= 40)).unique()
    open_ = [text for text in suspects.to_list() if is_placeholder(text) and text not in spared]
    failures += _failures(name, texts, {text: ("placeholder", {"found": text}) for text in open_}, keep)
    return texts.set(texts.is_in(open_).fill_null(False), None) if open_ else texts


def _column(
    name: str, texts: pl.Series, pools: Pools, year: int | None, failures: list[Failure], keep: int
) -> pl.Series:
    dtype = dtype_of(name)
    if dtype == pl.String:
        return _texts(name, texts, failures, keep)
    if dtype in (pl.Int64, pl.Float64):
        return _numbers(name, dtype, texts, year, failures, keep)
    return _distinct(name, dtype, texts, pools, year, failures, keep)


def _texts(name: str, texts: pl.Series, failures: list[Failure], keep: int) -> pl.Series:
    may_compose = texts.str.contains(_MAY_COMPOSE).fill_null(False)
    if may_compose.any():
        texts = texts.str.normalize("NFC").zip_with(may_compose, texts)
    if name in _ONE_LINE:
        texts = texts.str.replace_all(f"[{SPACE}]+", " ")
    if name == "id":
        bad = texts.str.contains(FORBIDDEN_IN_ID)
        refused = texts.filter(bad).unique().to_list()
        failures += _failures(name, texts, {text: ("bad-id", {"found": text}) for text in refused}, keep)
        texts = texts.set(bad.fill_null(False), None)
    return texts if name in ("id", "name") else texts.fill_null("")


def _numbers(
    name: str, dtype: pl.DataType, texts: pl.Series, year: int | None, failures: list[Failure], keep: int
) -> pl.Series:
    """Cast what is plainly a number within its bounds; the rest goes value by value."""
    plain = texts.str.contains(_WHOLE if dtype == pl.Int64 else _DECIMAL)
    numbers = texts.set(~plain, None).cast(dtype)
    for bound in Enterprise.model_fields[name].metadata:
        if isinstance(bound, annotated_types.Ge):
            numbers = numbers.set(numbers < bound.ge, None)
        elif isinstance(bound, annotated_types.Le):
            numbers = numbers.set(numbers > bound.le, None)
    rest = texts.set(numbers.is_not_null(), None)
    if rest.null_count() == len(rest):
        return numbers
    return numbers.zip_with(numbers.is_not_null(), _distinct(name, dtype, rest, Pools(), year, failures, keep))


def _distinct(
    name: str, dtype: pl.DataType, texts: pl.Series, pools: Pools, year: int | None, failures: list[Failure], keep: int
) -> pl.Series:
    """Read each distinct text by the field's own type, and join the values back."""
    adapter = _adapter(name)
    known: list[str] = []
    values: list[Any] = []
    bad: dict[str, tuple[str, Mapping[str, Value]]] = {}
    for text in texts.drop_nulls().unique(maintain_order=True).to_list():
        try:
            value = adapter.validate_python(text, context={"year": year})
        except ValidationError as refused:
            bad[text] = _said(refused, text)
            if len(bad) >= _ENOUGH:
                break  # the plan is refused anyway; the rest of such a column is not worth a minute
        else:
            known.append(text)
            values.append(_cell(name, value, pools))
    failures += _failures(name, texts, bad, keep)
    unset = _unset(name, 1)[0]
    table = pl.DataFrame(
        {"text": pl.Series("text", known, pl.String()), "value": pl.Series("value", values, dtype, strict=True)}
    )
    joined = texts.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left")["value"]
    if unset is None:
        return joined
    if isinstance(dtype, pl.List):
        return pl.select(pl.when(joined.is_null()).then(pl.lit([], dtype=dtype)).otherwise(joined)).to_series()
    return joined.fill_null(unset)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """Give the validator of one field, with its bounds."""
    known = Enterprise.model_fields[name]
    annotation: Any = known.annotation
    return TypeAdapter(Annotated[annotation, *known.metadata] if known.metadata else annotation)


def _said(refused: ValidationError, text: str) -> tuple[str, dict[str, Value]]:
    """Give the code and values of a refusal."""
    one = refused.errors(include_url=False)[0]
    context = one.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, TermError):
        return cause.code, {"found": text, **cause.values}
    if one["type"] in ("greater_than_equal", "less_than_equal"):
        sign, key = ("≥", "ge") if one["type"] == "greater_than_equal" else ("≤", "le")
        return "out-of-range", {"found": text, "expected": f"{sign} {context[key]:g}"}
    return "bad-value", {"found": text}


def _failures(
    name: str, texts: pl.Series, bad: Mapping[str, tuple[str, Mapping[str, Value]]], keep: int
) -> list[Failure]:
    """Find the rows of bad texts: the first ones of each code by text, the others counted with the last of them."""
    if not bad:
        return []
    codes = [code for code, _ in bad.values()]
    table = pl.DataFrame({"text": list(bad), "code": codes}, schema={"text": pl.String(), "code": pl.String()})
    hits = texts.alias("text").to_frame().with_row_index("row").join(table, on="text", how="inner").sort("row")
    found: list[Failure] = []
    for code in dict.fromkeys(codes):
        mine = hits.filter(pl.col("code") == code)
        kept = mine.head(keep).group_by("text", maintain_order=True).agg("row")
        here = [Failure(name, code, bad[text][1], tuple(rows), len(rows)) for text, rows in kept.iter_rows()]
        rest = mine.height - sum(one.count for one in here)
        found += [*here[:-1], replace(here[-1], count=here[-1].count + rest)]
    return found


def spans_of(dated: Iterable[DatedClass | DatedGrid]) -> list[tuple[date | None, date | None, str]]:
    """Give dated values as (first day, last day, name); each holds until the next begins."""
    ordered = sorted(dated, key=lambda one: one.from_ or date.min)
    names = [one.class_ if isinstance(one, DatedClass) else one.grid for one in ordered]
    ends = [date.fromordinal(one.from_.toordinal() - 1) if one.from_ else None for one in ordered[1:]] + [None]
    return [(one.from_, end, name) for one, end, name in zip(ordered, ends, names, strict=False)]
