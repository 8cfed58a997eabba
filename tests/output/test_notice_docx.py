"""Papers from templates: what is filled in comes out as it stands, and no template does harm."""

from __future__ import annotations

import re
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from safeplan.output.files import OutputRefusedError
from safeplan.output.notice_docx import fill, own_template

DAY = date(2026, 3, 2)
FIELDS: dict[str, Any] = {"enterprise": "楚天塑业", "items": [{"order": "1", "text": "配电箱未接地"}]}


def template(*lines: str) -> bytes:
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    return saved(paper)


def saved(paper: Any) -> bytes:
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def text_of(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(BytesIO(data)).paragraphs)


def refused(data: bytes) -> OutputRefusedError:
    with pytest.raises(OutputRefusedError) as found:
        fill(data, FIELDS, DAY, "own.docx")
    return found.value


@pytest.mark.parametrize(
    "name",
    [
        "A & B <b>'\"",
        "{{ 7 * 7 }}",
        "{% for %}",
        "{_{ x }_} {_% y %_}",
        "&#123;&lt;",
        "{{r x }}",
        "]]>",
        "＜丙厂＞[red]",
    ],
)
def test_a_name_comes_out_as_it_stands(name: str) -> None:
    made = fill(template("{{ enterprise }}", "{{ enterprise|upper|lower }}"), {"enterprise": name}, DAY, "x")
    assert text_of(made).splitlines()[0] == name


def test_hidden_characters_show() -> None:
    made = fill(template("{{ enterprise }}"), {"enterprise": "甲\u202e乙\n丙\x07"}, DAY, "x")
    assert text_of(made) == "甲⟨U+202E⟩乙 丙⟨U+0007⟩"


def test_lists_lists_fields_and_conditions_work() -> None:
    lines = ("{%p for one in items %}", "{{ loop.index }} {{ one.text }}", "{%p endfor %}", "{{ '' or '____' }}")
    assert text_of(fill(template(*lines), FIELDS, DAY, "x")) == "1 配电箱未接地\n____"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ enterprise.__init__.__globals__ }}",
        "{{ items.__class__ }}",
        "{{ enterprise['__class__'].mro() }}",
        "{{ (enterprise|attr('__class__')) }}",
        "{{ enterprise.format(items) }}",
        "{{ '{0.__class__}'.format(enterprise) }}",
        "{{ items.append(1) }}",
        "{{ items[0].pop('text') }}",
        "{{ cycler.__init__.__globals__.os.popen('touch PWNED').read() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ range(9) }}",
        "{{ enterprise * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ enterprise|center(1000000000) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends '/etc/passwd' %}",
        "{{ loop.__class__ }}",
        "{% for one in items %}{{ loop.__init__.__globals__ }}{% endfor %}",
    ],
)
def test_a_template_reaches_nothing_but_its_fields(
    attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        made = text_of(fill(template(attack), FIELDS, DAY, "own.docx"))
    except OutputRefusedError as problem:
        assert problem.code in ("template-field", "template-unsafe", "template-syntax")
        assert problem.exit_code == 2
    else:
        raise AssertionError(made)
    assert list(tmp_path.iterdir()) == []
    assert "text" in FIELDS["items"][0]


def test_safe_does_not_let_markup_in() -> None:
    lines = ("{{ enterprise|replace('楚', '<i>') }}",)
    assert text_of(fill(template(*lines), FIELDS, DAY, "x")) == "<i>天塑业"
    assert refused(template("{{ enterprise|safe }}")).code == "template-syntax"


def test_an_unknown_field_is_named_with_those_that_are() -> None:
    problem = refused(template("{{ firma }}"))
    assert problem.code == "template-field"
    assert "firma" in problem.values["reason"]
    assert problem.values["known"] == ["enterprise", "items"]


@pytest.mark.parametrize("lines", [("{{ enterprise",), ("{%p for one in items %}",), ("{{ a b }}",)])
def test_a_mistake_in_a_field_is_told(lines: tuple[str, ...]) -> None:
    assert refused(template(*lines)).code == "template-syntax"


def test_a_template_that_fetches_something_is_refused() -> None:
    paper = docx.Document()
    paper.part.relate_to("https://example.org/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    assert refused(saved(paper)).code == "template-outside"
    paper = docx.Document()
    paper.add_paragraph("{{ enterprise }}")
    paper.part.relate_to("https://example.org", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    assert text_of(fill(saved(paper), FIELDS, DAY, "x")) == "楚天塑业"


def test_what_is_no_word_file_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    for data in (b"", b"plan: 1", stream.getvalue()):
        assert refused(data).code == "template-not-docx"


def test_a_template_that_unpacks_to_a_lot_is_refused() -> None:
    stream = BytesIO(template("x"))
    with ZipFile(stream, "a", compression=8) as archive:
        archive.writestr("word/media/zero", b"\0" * 60_000_000)
    assert refused(stream.getvalue()).code == "template-too-large"


def test_entities_of_a_template_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("GEHEIM")
    source, stream = BytesIO(template("{{ enterprise }}")), BytesIO()
    with ZipFile(source) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                head = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
                data = re.sub(rb"(<w:document)", head + rb"\1", data, count=1).replace(b"{{ enterprise }}", b"&x;")
            new.writestr(name, data)
    try:
        made = fill(stream.getvalue(), FIELDS, DAY, "own.docx")
    except OutputRefusedError:
        return
    assert b"GEHEIM" not in ZipFile(BytesIO(made)).read("word/document.xml")


def test_the_same_gives_the_same_bytes() -> None:
    form = template("{{ enterprise }}")
    assert fill(form, FIELDS, DAY, "x") == fill(form, FIELDS, DAY, "x")


def test_the_templates_are_what_their_script_writes() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))
    from generator.notice_templates import PAPERS
    from generator.notice_templates import template as written

    def parts(data: bytes) -> dict[str, bytes]:
        with ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    for name in PAPERS:
        paper, language = name.split(".")
        assert parts(written(name)) == parts(own_template(paper, language))
