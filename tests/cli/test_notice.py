"""`safeplan notice`: the order and the record of reinspection as Word files."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pypdf
import pytest

from cli.plans import run
from cli.recording import PLAN, Office

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """F1 and F2 found at one enterprise on one day, F3 on another, F4 at another enterprise."""
    monkeypatch.chdir(tmp_path)
    made = Office(tmp_path, PLAN.replace("楚天塑业有限公司", '"楚天 & {{ 7 * 7 }} <b>"'))
    for enterprise, text, day in (
        ("Q4", "配电箱未接地", "02"), ("Q4", "灭火器过期", "02"), ("Q4", "电线老化", "05"), ("Q2", "无证", "02"),
    ):  # fmt: skip
        assert made.record("finding", enterprise, text, "--day", f"2026-03-{day}", "--by", "zhao,zhang") == 0
    return made


def notice(*arguments: object) -> int:
    return run("notice", *arguments, "-p", "plan.yaml")


def text_of(path: str) -> str:
    paper = docx.Document(path)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells, paper.sections[0].footer.paragraphs[0].text])


def test_an_order_is_about_all_that_was_ordered_with_it(office: Office, capfd: Capture) -> None:
    capfd.readouterr()
    assert notice("F2") == 0
    said = capfd.readouterr().out
    assert said.splitlines()[:3] == [
        "Written: order-F1.docx",
        "Order to mend findings: 楚天 & {{ 7 * 7 }} <b>",
        "Findings: F1, F2, ordered on 2026-03-02",
    ]
    head = said.splitlines()[3].removeprefix("Ledger: ")
    assert head.startswith("4 events, head ")
    text = text_of("order-F1.docx")
    assert "Enterprise: 楚天 & {{ 7 * 7 }} <b>\nAddress: 石门村工业区三号路" in text
    assert "Mend item 1, 2 by 17 Mar 2026." in text
    assert "Officer 1 (signature): ________________  赵志刚   certificate: 1\n" in text
    assert "灭火器过期" in text
    assert "电线老化" not in text
    assert head in text
    assert "Basis" not in text  # no rule that was served names a source


def test_chinese_papers_have_the_words_of_the_offices(office: Office) -> None:
    assert notice("F1", "--lang", "zh-CN") == 0
    text = text_of("order-F1.docx")
    assert "隐患整改通知书" in text
    assert "指令书" not in text
    assert "请你单位于2026年3月17日前整改完毕" in text
    assert "＿＿＿＿〔＿＿＿＿〕＿＿号" in text


def test_the_number_of_a_paper_keeps_findings_apart(office: Office) -> None:
    office.record("finding", "Q4", "堵塞通道", "--day", "2026-03-05", "--paper", "石安整〔2026〕3号")
    assert notice("F5", "--lang", "zh-CN") == 0  # F3 of that day has no number: it is taken along
    text = text_of("order-F3.docx")
    assert "石安整〔2026〕3号" in text
    assert notice("F3", "-o", "alone.docx") == 0
    assert "堵塞通道" not in text_of("alone.docx")


def test_a_reinspection_has_its_own_paper_and_what_failed_a_new_order(office: Office, capfd: Capture) -> None:
    office.record("reinspection", "F1", "pass", "--day", "2026-03-18", "--by", "zhao,zhang")
    office.record("reinspection", "F2", "fail", "--day", "2026-03-18", "--by", "zhao,zhang", "--due", "2026-04-01")
    assert notice("F1", "--lang", "zh-CN") == 0
    text = text_of("reinspection-F1.docx")
    assert "整改复查意见书" in text
    assert "第1项已整改到位，予以销号。" in text
    assert "第2项未整改到位，请你单位于2026年4月1日前继续整改完毕。" in text
    assert notice("F2", "--order") == 0
    assert "Mend item 1 by 1 Apr 2026." in text_of("order-F2.docx")


def test_the_paper_of_a_reinspection_ahead_is_left_to_fill_in(office: Office, capfd: Capture) -> None:
    assert notice("F1", "--reinspection") == 0
    assert "Findings: F1, F2; to be filled in at the reinspection" in capfd.readouterr().out
    text = text_of("reinspection-F1.docx")
    assert "Result: ____" in text
    assert "Reinspected on ____" in text


def test_an_enterprise_will_do_while_its_findings_are_of_one_paper(office: Office, capfd: Capture) -> None:
    assert notice("桥头") == 0
    assert notice("Q4") == 2
    assert "Q4 can be any of: F1 配电箱未接地, F2 灭火器过期, F3 电线老化" in capfd.readouterr().err
    office.record("reinspection", "F3", "pass", "--day", "2026-03-06")
    assert notice("Q4") == 0


def test_a_basis_is_printed_where_the_plan_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = Office(tmp_path, PLAN.replace("visits: 1 per month, family: patrol}", "visits: 1 per month, family: patrol, "
                                         "source: 石政办〔2026〕3号}", 1))  # fmt: skip
    assert made.record("visit", "Q1", "--day", "2026-03-02", "--by", "zhao,zhang", "--finding", "漏气") == 0
    assert notice("F2") == 0
    assert "Basis of the check: 石政办〔2026〕3号" in text_of("order-F2.docx")


@pytest.mark.parametrize(
    ("use", "key", "said"),
    [
        pytest.param("seed-abc", "A", "", id="not verified"),
        pytest.param("food-2y-full", "food", "食品生产经营监督检查管理办法（市场监管总局令第49号）", id="verified"),
    ],
)
def test_a_preset_is_named_only_where_it_was_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use: str, key: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    classes = f"use: [{use}]\nclasses:\n  {key}: {{minutes: 45}}\n"
    text = PLAN.replace("classes:\n  A: {label: A类, visits: 1 per month, family: patrol}\n", classes)
    made = Office(tmp_path, text.replace("class: A", f"class: {key}"))
    assert made.record("visit", "Q1", "--day", "2026-03-02", "--by", "zhao,zhang", "--finding", "漏气") == 0
    assert f"class-{key}/Q1/" in str(made.told())
    assert notice("F2") == 0
    text = text_of("order-F2.docx")
    assert ("Basis of the check: " in text) == bool(said)
    assert said in text


def test_an_office_has_its_own_template(office: Office, capfd: Capture) -> None:
    own = docx.Document()
    own.add_paragraph("责令限期整改指令书 {{ enterprise }}：{% for one in items %}{{ one.text }}；{% endfor %}")
    own.save("own.docx")
    assert notice("F1", "--template", "own.docx", "-o", "out.docx") == 0
    assert docx.Document("out.docx").paragraphs[0].text == (
        "责令限期整改指令书 楚天 & {{ 7 * 7 }} <b>：配电箱未接地；灭火器过期；"
    )
    assert notice("F1", "--template", "own.docx", "-o", "own.docx", "-f") == 2
    assert "was read by this very command" in capfd.readouterr().err


@pytest.mark.debian
def test_libreoffice_prints_it_on_one_page_of_a4(office: Office, tmp_path: Path) -> None:
    assert notice("F1", "--lang", "zh-CN") == 0
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "order-F1.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    paper = pypdf.PdfReader("order-F1.pdf")
    assert len(paper.pages) == 1
    assert (round(float(paper.pages[0].mediabox.width)), round(float(paper.pages[0].mediabox.height))) == (595, 842)
    text = paper.pages[0].extract_text()
    assert "{{ 7 * 7 }} <b>" in text
    assert "灭火器过期" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("F99",), "there is no finding F99; open are: F1, F2, F3, F4", id="unknown finding"),
        pytest.param(("楚地",), "there is no enterprise 楚地", id="unknown enterprise"),
        pytest.param(("Q1",), "Q1 has no open finding", id="nothing open"),
        pytest.param(("F1", "-o", "a.pdf"), "must end in .docx", id="no Word file"),
        pytest.param(("F1", "--template", "no.docx"), "there is no file no.docx", id="no template"),
        pytest.param(("F1", "--template", "plan.yaml"), "is no Word file", id="no Word template"),
    ],
)
def test_what_cannot_be_written_is_refused(
    office: Office, capfd: Capture, arguments: tuple[str, ...], said: str
) -> None:
    capfd.readouterr()
    assert notice(*arguments) == 2
    assert said in capfd.readouterr().err
    assert list(Path().glob("*.docx")) == []


def test_the_head_on_a_paper_can_be_verified_later(office: Office, capfd: Capture) -> None:
    assert notice("F1") == 0
    head = capfd.readouterr().out.split("head ")[1].split()[0]
    office.record("rectified", "F1", "--day", "2026-03-09")
    assert run("ledger", "verify", "--at", f"4:{head}", "-p", "plan.yaml") == 0
    assert run("ledger", "verify", "--at", "4:00000000", "-p", "plan.yaml") == 4


def test_nothing_is_overwritten_without_force(office: Office, capfd: Capture) -> None:
    assert notice("F4") == 0
    assert notice("F4") == 2
    assert "exists already" in capfd.readouterr().err
    assert notice("F4", "--force") == 0


def test_without_a_ledger_there_is_nothing_to_write_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    Office(tmp_path)
    assert notice("F1") == 2
    assert "there is no ledger yet" in capfd.readouterr().err
    assert not (tmp_path / "safeplan.db").exists()
