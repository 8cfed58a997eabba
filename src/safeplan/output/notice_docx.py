"""Papers from Word templates that an office can replace (docxtpl), filled in where a template can do no harm.

A template is a .docx with fields in double braces. It is filled by Jinja's immutable sandbox without globals, without
loader, and with few filters; so it reaches the fields it is given and nothing of Python or the disk. Every value is
text: what a name holds of markup or braces comes out as it stands, whatever a template does with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError
from markupsafe import Markup

from safeplan.output.docx_bytes import without_clock
from safeplan.output.files import OutputRefusedError
from safeplan.output.scrub import scrub

Field = str | int | bool | list[dict[str, "Field"]]
_FILTERS = ("default", "first", "join", "last", "length", "lower", "replace", "title", "trim", "upper")
_PACKED, _UNPACKED = 5_000_000, 50_000_000  # bytes of a template


def own_template(paper: str, language: str) -> bytes:
    """Give the template of a paper (order, reinspection) that comes with safeplan."""
    return (files("safeplan.output") / "templates" / f"{paper}.{language}.docx").read_bytes()


def fill(template: bytes, fields: Mapping[str, Field], made_on: date, name: str) -> bytes:
    """Fill a template in; the same template and fields give the same bytes.

    `name` is what a refusal calls the template.

    Raises
    ------
    OutputRefusedError
        `template-not-docx`, `template-too-large`, `template-outside` (it fetches something), `template-syntax`,
        `template-field` (one that is not known), `template-unsafe`.
    """
    paper = _opened(template, name)
    try:
        paper.render(_plain(fields), _sandbox())
    except UndefinedError as reason:
        known = sorted(fields)
        raise OutputRefusedError("template-field", path=name, reason=scrub(str(reason)), known=known) from None
    except SecurityError:
        raise OutputRefusedError("template-unsafe", path=name) from None
    except TemplateSyntaxError as reason:
        raise OutputRefusedError("template-syntax", path=name, reason=scrub(reason.message or "")) from None
    except (TemplateError, LxmlError, TypeError, ValueError, ArithmeticError, AttributeError) as reason:
        raise OutputRefusedError("template-syntax", path=name, reason=scrub(str(reason))) from None
    properties = paper.core_properties
    properties.author, properties.comments = "safeplan", ""
    properties.created = properties.modified = datetime(made_on.year, made_on.month, made_on.day)
    stream = BytesIO()
    paper.save(stream)
    return without_clock(stream)


def _opened(template: bytes, name: str) -> Any:
    """Open a template, refusing what is none, what is huge, and what would make Word fetch something."""
    try:
        with ZipFile(BytesIO(template)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
        if len(template) > _PACKED or unpacked > _UNPACKED:
            raise OutputRefusedError("template-too-large", path=name)
        paper = DocxTemplate(BytesIO(template))
        paper.init_docx()
        parts = list(paper.docx.part.package.iter_parts())
    except (BadZipFile, OpcError, LxmlError, KeyError, ValueError, NotImplementedError, RuntimeError):
        raise OutputRefusedError("template-not-docx", path=name) from None
    for part in parts:
        if any(rel.is_external and rel.reltype != RELATIONSHIP_TYPE.HYPERLINK for rel in part.rels.values()):
            raise OutputRefusedError("template-outside", path=name)
    return paper


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which nothing can be multiplied or raised to a power either: that would fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give a field by its name; a text has no attributes, and nobody reaches a method."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(operator)


def _sandbox() -> _Sandbox:
    sandbox = _Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_literal)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    return sandbox


def _literal(value: object) -> Markup:
    """Write a value as text: braces as numbers too, since docxtpl reads some of them a second time."""
    text = escape(str(value)).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(text)  # noqa: S704 (it was escaped just above)


def _plain(value: Any) -> Any:
    """Scrub every text of the fields."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return scrub(value) if isinstance(value, str) else value
