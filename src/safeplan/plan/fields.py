"""The types of the plan's fields: every value arrives as text and its field gives it a type.

Terms parse themselves and raise one coded error; no bare unions, so an error's path is a path of the file. A reference
is a text with a kind of its own, so that whatever holds one can be found by walking the values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, PlainValidator, WithJsonSchema
from pydantic import ValidationInfo as Info
from pydantic_core import CoreSchema, core_schema

from safeplan.terms.days import Days
from safeplan.terms.diagnostic import TermError
from safeplan.terms.duration import Duration
from safeplan.terms.frequency import Frequency
from safeplan.terms.goal import Goal
from safeplan.terms.identity import read_id
from safeplan.terms.share import Share
from safeplan.terms.span import Span
from safeplan.terms.text import half_width, parse_day

T = TypeVar("T")


class Model(BaseModel):
    """What every model of the plan file has in common: frozen, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


def _text(value: object) -> str:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.strip())
    if isinstance(value, (list, dict)):
        raise TermError("not-a-text")
    return str(value)


def _number_text(value: object) -> str:
    return half_width(_text(value)).replace(",", "").removesuffix(".0")


def _integer(value: object) -> int:
    text = _number_text(value)
    if not re.fullmatch(r"-?\d{1,15}", text):
        raise TermError("not-a-whole-number", found=_text(value))
    return int(text)


def _number(value: object) -> float:
    text = _number_text(value)
    if not re.fullmatch(r"-?\d{1,15}(\.\d+)?", text):
        raise TermError("not-a-number", found=_text(value))
    return float(text)


def _truth(value: object) -> bool:
    text = _text(value).lower()
    if text not in ("true", "false"):
        raise TermError("not-a-truth-value", found=_text(value))
    return text == "true"


def year_of(info: Info) -> int | None:
    """Give the year that days written without one mean: the plan's, from the validation context."""
    return info.context.get("year") if info.context else None


def as_list(value: object) -> object:
    """Read a list: one as it is, a single value as a list of one, a text parted by ; ； 、 or | as its parts."""
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, str):
        return parts_of(value)
    return [value]


def parts_of(text: str) -> list[str]:
    """Give the parts of a text parted by ; ； 、 or |."""
    return [part.strip() for part in re.split(r"[;；、|]", text) if part.strip()]


def term(parse: Callable[[str], T], example: str) -> Any:
    """Make the annotation of a field whose text a term parses; a value that is one already passes."""

    def validate(value: object) -> object:
        return parse(_text(value)) if isinstance(value, (str, int, float)) else _instance(value, parse)

    return PlainValidator(validate, json_schema_input_type=str), WithJsonSchema(
        {"type": "string", "examples": [example]}
    )


def _instance(value: object, parse: object) -> object:
    if isinstance(value, (list, dict)) or value is None:
        raise TermError("not-a-text")
    return value


def _dated(parse: Callable[[str, int | None], T]) -> Callable[[object, Info], object]:
    def validate(value: object, info: Info) -> object:
        return parse(_text(value), year_of(info)) if isinstance(value, str) else _instance(value, parse)

    return validate


def _day(text: str, year: int | None) -> date:
    return parse_day(text, year)


def _list_of_text(value: object) -> tuple[str, ...]:
    items = as_list(value)
    assert isinstance(items, (list, tuple))
    return tuple(_text(item) for item in items)


# Before and not instead of: a plain validator would pass by the bounds and patterns that a field adds.
Text = Annotated[str, BeforeValidator(_text, json_schema_input_type=str), WithJsonSchema({"type": "string"})]
Texts = Annotated[
    tuple[str, ...],
    PlainValidator(_list_of_text, json_schema_input_type=list[str]),
    WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}}),
]
Id = Annotated[str, PlainValidator(lambda v: read_id(_text(v))), WithJsonSchema({"type": "string"})]
Integer = Annotated[int, BeforeValidator(_integer, json_schema_input_type=int), WithJsonSchema({"type": "integer"})]
Number = Annotated[float, BeforeValidator(_number, json_schema_input_type=float), WithJsonSchema({"type": "number"})]
Truth = Annotated[bool, BeforeValidator(_truth, json_schema_input_type=bool), WithJsonSchema({"type": "boolean"})]
Day = Annotated[
    date,
    PlainValidator(_dated(_day), json_schema_input_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]
SpanField = Annotated[
    Span,
    PlainValidator(_dated(Span.parse), json_schema_input_type=str),
    WithJsonSchema({"type": "string", "examples": ["2026-02-25/2026-03-13"]}),
]
DaysField = Annotated[
    Days,
    PlainValidator(_dated(Days.parse), json_schema_input_type=str),
    WithJsonSchema({"type": "string", "examples": ["2026-05-06/2026-05-12", "2026-06-03 pm", "friday", "monday am"]}),
]
DaysList = Annotated[tuple[DaysField, ...], BeforeValidator(as_list)]
FrequencyField = Annotated[Frequency, *term(Frequency.parse, "1 per month")]
DurationField = Annotated[Duration, *term(Duration.parse, "10 workdays")]
ShareField = Annotated[Share, *term(Share.parse, "30%")]
GoalField = Annotated[Goal, *term(Goal.parse, "90%")]


class Reference(str):
    """The id (or the only name) of something that the plan defines elsewhere; `kind` says of what."""

    __slots__ = ()
    kind: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls(_text(value)),
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.to_string_ser_schema(),
        )


class OfficerRef(Reference):
    kind = "officer"


class TeamRef(Reference):
    kind = "team"


class GridRef(Reference):
    kind = "grid"


class ClassRef(Reference):
    kind = "class"


class EnterpriseRef(Reference):
    kind = "enterprise"


class CarrierRef(Reference):
    """A team, or a role of the grids (`by:`)."""

    kind = "carrier"


class OwnerRef(Reference):
    """An officer, or a role of the grids (`owner:`, `to:`)."""

    kind = "owner"


class SeasonRef(Reference):
    """A season of the plan."""

    kind = "season"


OfficerRefs = Annotated[tuple[OfficerRef, ...], BeforeValidator(as_list)]
TeamRefs = Annotated[tuple[TeamRef, ...], BeforeValidator(as_list)]
GridRefs = Annotated[tuple[GridRef, ...], BeforeValidator(as_list)]
ClassRefs = Annotated[tuple[ClassRef, ...], BeforeValidator(as_list)]
