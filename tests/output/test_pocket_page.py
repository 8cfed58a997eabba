"""The page for the pocket: its text here, and in Chromium its looks, its keys, what it keeps and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from made.ledgers import told
from made.schedules import made_schedule
from safeplan.core.choice import Choice, Chosen, choose
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding
from safeplan.core.events.visits import VisitMade
from safeplan.core.pocket import known_of
from safeplan.document import Document, Note, Pocket, Section, Stop, Tone
from safeplan.output.pocket_page import render
from safeplan.words.language import Words
from safeplan.work.form_sheet import form_sheet
from safeplan.work.pocket import pocket

from .chromium import Page, chromium
from .documents import HOSTILE, UNSEEN
from .looks import FAINT, REACHED, WIDE
from .pocket_pages import Hand, PocketPage

PIN, CLASS = "pin-E0002-2026-03-02/E0002/2026-03-02/1", "class-A/E0001/2026-03/1"
"""Two visits of 2 March 2026."""
LEDGER: tuple[Event, ...] = (
    VisitMade.model_validate({"day": "2026-02-10", "enterprise": "E0001", "officers": ["wang"], "outcome": "part"}),
    Finding.model_validate({"day": "2026-02-10", "enterprise": "E0001", "text": "配电箱未接地", "due": "2026-03-03"}),
    Finding.model_validate({"day": "2026-02-10", "enterprise": "E0001", "text": "安全出口上锁", "due": "2026-02-20"}),
)


def chosen(first: date = date(2026, 3, 2), last: date = date(2026, 3, 15)) -> Chosen:
    """Give what 王强 does, surprise visits with it."""
    return choose(made_schedule(), Choice(first, last, officer=0, with_surprise=True))


def page_of(language: str = "zh_CN", what: Chosen | None = None) -> bytes:
    return pocket(what or chosen(), known_of(made_schedule(), told(*LEDGER)), Words(language))


def page_saying(text: str) -> PocketPage:
    """Give a page that says one text wherever a text may stand."""
    form = form_sheet(chosen(), Words("en"))
    at = {column.name: place for place, column in enumerate(form.columns)}
    row = list(form.rows[0])
    row[at["enterprise"]] = text
    stop = Stop(
        str(row[at["visit"]]), date(2026, 3, 2), 1, text, (Note(text, Tone.BAD),), (Note(text),), (("a", text),)
    )
    document = Document(text, "en", (Section(text, (Note(text),)),), (Note(text),), (Note(text),))
    made = Pocket(document, (stop,), ("a", text), "a", text)
    return PocketPage(render(made, replace(form, rows=[tuple(row)])))


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_text_and_never_markup(name: str) -> None:
    page = page_saying(name)
    assert (page.wrong, page.open) == ([], [])
    assert page.text.count(name) >= 7
    assert [tag for tag, _ in page.tags].count("script") == 2
    (row,) = page.data["rows"].values()
    assert name in row
    assert page.data["owner"] == ["a", name]


def test_a_name_ends_no_script() -> None:
    page = page_saying("</script><script>alert(1)</script>\u2028")
    assert (page.wrong, page.open) == ([], [])
    assert page.data["owner"][1].startswith("</script><script>")


@pytest.mark.parametrize(("name", "shown"), UNSEEN.values(), ids=UNSEEN)
def test_what_cannot_be_seen_is_shown(name: str, shown: str) -> None:
    page = page_saying(name)
    assert page.text.count(shown) >= 7
    assert not set(page.source) & (set(name) - set(shown) - set(" \n"))


def test_the_page_asks_for_nothing_and_says_so_itself() -> None:
    page = PocketPage(page_of())
    assert not [attributes for _, attributes in page.tags if "src" in attributes or "action" in attributes]
    assert {(a["href"] or "")[0] for tag, a in page.tags if tag == "a"} == {"#"}
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src ")


def test_the_language_and_the_anchors_are_right() -> None:
    page = PocketPage(page_of())
    assert page.tags[0] == ("html", {"lang": "zh-CN"})
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {(a["href"] or "")[1:] for tag, a in page.tags if tag == "a"} <= set(ids)
    assert {a["aria-labelledby"] for _, a in page.tags if "aria-labelledby" in a} <= set(ids)


def test_only_visits_that_somebody_can_answer_for_have_a_form() -> None:
    page = PocketPage(page_of("en"))
    assert page.visits == list(page.data["rows"])
    rules = [one.split("/")[0] for one in page.visits]
    assert rules == ["pin-E0002-2026-03-02", "class-A", "class-C", "campaign-飞行检查-整治"]
    assert "not drawn yet" in page.text


@pytest.mark.parametrize(
    ("last", "name"),
    [(date(2026, 3, 8), "answers-wang-2026-W10.csv"), (date(2026, 3, 9), "answers-wang-2026-03-02-2026-03-09.csv")],
    ids=["a week", "other days"],
)
def test_the_answers_are_named_by_officer_and_days(last: date, name: str) -> None:
    assert PocketPage(page_of(what=chosen(last=last))).data["file"] == name


def test_the_same_page_has_the_same_bytes() -> None:
    assert page_of() == page_of()


WIDTHS = [(320, "screen"), (390, "screen"), (430, "screen"), (1280, "screen"), (703, "print")]
CONTROLS = "[...document.querySelectorAll('a:not(.skip), button, summary, input, textarea')]"
SMALL = f"""{CONTROLS}.filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.height < 44 || box.width < 44).map(([one]) => one.outerHTML.slice(0, 80))"""
OPEN_ALL = (
    "document.querySelectorAll('details').forEach(one => { one.open = true; }); document.getElementById('add').click()"
)

pytestmark = pytest.mark.xdist_group("chromium")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("chromium") / "profile") as page:
        yield page


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a page of which no browser has kept anything yet."""
    path = tmp_path / "pocket.html"
    path.write_bytes(page_of().replace(b'"identity": "', f'"identity": "{tmp_path.name} '.encode()))
    return path


@pytest.fixture
def page(browser: Page, file: Path) -> Page:
    """Give the page as one who opens it for the first time."""
    browser.errors.clear()
    browser.requests.clear()
    browser.open(file, 390)
    return browser


@pytest.mark.debian
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "media"), WIDTHS)
def test_the_page_fits_its_width_is_well_seen_and_asks_for_nothing(
    page: Page, file: Path, width: int, media: str, scheme: str
) -> None:
    page.open(file, width, scheme, media)
    page.evaluate(OPEN_ALL)
    page.evaluate("document.getElementById('save').click()")  # every complaint is shown
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDE) == []
    assert page.evaluate(FAINT) == []
    assert [one for one in page.requests if not one.startswith("data:") and one != file.as_uri()] == []
    assert page.errors == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 31)"
    assert dark is (scheme == "dark" and media == "screen")


@pytest.mark.debian
def test_everything_that_is_touched_is_large_enough_for_a_thumb(page: Page, file: Path) -> None:
    page.open(file, 320)
    page.evaluate(OPEN_ALL)
    assert page.evaluate(SMALL) == []


@pytest.mark.debian
def test_every_control_is_reached_by_tab_and_seen_to_be(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    wanted = page.evaluate(f"""(window.reached = new Set(), window.wanted = {CONTROLS}.filter(one =>
        one.checkVisibility() && (one.type !== 'radio' || one.checked))).length""")
    for _ in range(wanted + 20):
        page.press("Tab")
        page.evaluate("window.reached.add(document.activeElement)")
        name, seen = page.evaluate(REACHED)
        assert seen or not name, page.evaluate("document.activeElement.outerHTML")
    assert page.evaluate("window.wanted.filter(one => !window.reached.has(one)).map(one => one.outerHTML)") == []


@pytest.mark.debian
def test_a_visit_is_answered_with_the_keyboard_alone(page: Page) -> None:
    page.evaluate("document.querySelector('summary').focus()")
    page.press("Enter")
    page.press("Tab")
    page.press("ArrowDown")  # the first outcome
    for _ in range(20):
        if page.evaluate("document.activeElement.closest('[data-key]')?.dataset.key") == "finding1":
            break
        page.press("Tab")
    page.type("灭火器过期")
    assert page.evaluate("document.querySelector('summary').textContent") == "已查；隐患 1 条"
    assert page.evaluate("document.getElementById('count').textContent") == "已填 1 / 4"


@pytest.mark.debian
def test_without_scripts_all_is_shown_but_the_form(page: Page, file: Path) -> None:
    page.open(file, 390, scripts=False)
    shown = page.evaluate("document.body.innerText")
    assert "楚天塑业有限公司" in shown and "F2 一般隐患：配电箱未接地" in shown
    assert "此处不允许运行脚本" in shown and "保存结果" not in shown
    assert page.evaluate(f"{CONTROLS}.filter(one => one.checkVisibility() && one.localName !== 'a').length") == 0


@pytest.mark.debian
def test_answers_are_there_when_the_page_is_opened_again(page: Page, file: Path) -> None:
    hand = Hand(page)
    hand.visit(PIN, outcome="关门", note="第一行\n第二行", officers="chen")
    hand.visit(CLASS, outcome="已查", finding1="a", finding2="b", severity2="重大")
    hand.spare(enterprise="丁店", outcome="已查", day="2026-03-04")
    told = "[...document.querySelectorAll('summary, textarea, input')].map(one => one.value ?? one.textContent)"
    before = page.evaluate(told)
    page.open(file, 390)
    after = page.evaluate(told)
    assert after == before
    assert page.evaluate("document.getElementById('count').textContent") == "已填 2 / 4 · 计划外 1"
    assert page.evaluate("document.getElementById('kept').textContent").startswith("填写的内容保存在本机浏览器中")
    assert page.errors == []


@pytest.mark.debian
def test_answers_of_other_days_are_not_mixed_in(browser: Page, tmp_path: Path) -> None:
    page, files = browser, [tmp_path / "a.html", tmp_path / "b.html"]
    files[0].write_bytes(page_of(what=chosen(last=date(2026, 3, 10))))
    files[1].write_bytes(page_of(what=chosen(last=date(2026, 3, 8))))
    page.open(files[0], 390)
    Hand(page).visit(PIN, outcome="关门")
    Hand(page).spare(enterprise="丁店")
    page.open(files[1], 390)
    assert page.evaluate("document.getElementById('count').textContent") == "已填 0 / 2"


@pytest.mark.debian
def test_where_the_browser_keeps_nothing_the_page_says_so_and_works(page: Page, file: Path, tmp_path: Path) -> None:
    refused = (
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    script = page.call("Page.addScriptToEvaluateOnNewDocument", source=refused)["identifier"]
    try:
        page.open(file, 390)
        assert page.evaluate("document.getElementById('kept').textContent").startswith("本机浏览器不能保存内容")
        Hand(page).visit(PIN, outcome="已查")
        assert Hand(page).save(tmp_path) is not None
        assert page.errors == []
    finally:
        page.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)


@pytest.mark.debian
@pytest.mark.parametrize("kept", ["[1, 2]", "nonsense", '{"visits": 3, "spare": 4}', "null"])
def test_what_else_is_kept_under_its_name_does_no_harm(page: Page, file: Path, kept: str) -> None:
    name = f"safeplan {PocketPage(file.read_bytes()).data['identity']}"
    page.evaluate(f"localStorage.setItem({json.dumps(name)}, {json.dumps(kept)})")
    page.open(file, 390)
    assert page.evaluate("document.getElementById('count').textContent") == "已填 0 / 4"
    assert page.errors == []


@pytest.mark.debian
@pytest.mark.parametrize(
    ("answers", "key", "said"),
    [
        pytest.param({"note": "x"}, "outcome", "请选择检查结果。", id="no outcome"),
        pytest.param(
            {"outcome": "已查", "severity1": "重大"}, "finding1", "请写明隐患内容", id="a severity of nothing"
        ),
        pytest.param({"outcome": "已查", "day": "2999-01-01"}, "day", "请填写检查日期", id="a day ahead"),
    ],
)
def test_what_record_import_would_refuse_is_said_at_its_field(
    page: Page, tmp_path: Path, answers: dict[str, str], key: str, said: str
) -> None:
    hand = Hand(page)
    hand.visit(CLASS, **answers)
    assert hand.save(tmp_path) is None
    (problem,) = hand.problems()
    assert problem.startswith(said)
    assert page.evaluate("document.activeElement.closest('[data-key]').dataset.key") == key
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    assert page.evaluate("document.getElementById('said').textContent") == "有 1 处需要先改正"
    hand.visit(CLASS, outcome="已查", severity1="", day="")
    assert hand.problems() == []
    assert hand.save(tmp_path) is not None


@pytest.mark.debian
@pytest.mark.parametrize(
    ("answers", "key"),
    [
        pytest.param({"outcome": "已查"}, "enterprise", id="nowhere"),
        pytest.param({"outcome": "已查", "grid": "东街村", "finding1": "x"}, "enterprise", id="a finding in a grid"),
        pytest.param({"outcome": "已查", "enterprise": "丁店", "day": ""}, "day", id="no day"),
        pytest.param({"enterprise": "丁店"}, "outcome", id="no outcome"),
    ],
)
def test_a_visit_that_was_not_planned_says_where_when_and_how(
    page: Page, tmp_path: Path, answers: dict[str, str], key: str
) -> None:
    hand = Hand(page)
    hand.spare(**answers)
    assert hand.save(tmp_path) is None
    assert len(hand.problems()) == 1
    assert page.evaluate("document.activeElement.closest('[data-key]').dataset.key") == key


@pytest.mark.debian
def test_somebody_went(page: Page, tmp_path: Path) -> None:
    hand = Hand(page)
    hand.visit(PIN, outcome="已查")
    people = f"document.querySelector('details[data-visit={json.dumps(PIN)}]').querySelectorAll('[type=checkbox]')"
    page.evaluate(f"{people}.forEach(one => one.click())")
    assert hand.save(tmp_path) is None
    assert hand.problems() == ["请填写参加检查的人员。"]
    page.evaluate(f"{people}[1].click()")
    saved = hand.save(tmp_path)
    assert saved is not None and '"已查","li",' in saved.read_text(encoding="utf-8-sig")


@pytest.mark.debian
def test_nothing_filled_in_is_nothing_to_save(page: Page, tmp_path: Path) -> None:
    assert Hand(page).save(tmp_path) is None
    assert page.evaluate("document.getElementById('said').textContent") == "还没有填写任何内容。"


@pytest.mark.debian
def test_a_visit_that_was_added_can_be_taken_away(page: Page, file: Path) -> None:
    Hand(page).spare(enterprise="丁店")
    page.evaluate("document.querySelector('.spare .remove').click()")
    assert page.evaluate("document.querySelectorAll('.spare').length") == 0
    assert page.evaluate("document.activeElement.id") == "add"
    page.open(file, 390)
    assert page.evaluate("document.querySelectorAll('.spare').length") == 0


@pytest.mark.debian
def test_answers_are_handed_in_where_the_telephone_can_share_files(page: Page, file: Path) -> None:
    can = """navigator.canShare = what => what.files.length === 1;
        navigator.share = what => { window.shared = what.files[0].name; return Promise.resolve(); };"""
    assert page.evaluate("document.getElementById('share').checkVisibility()") is False
    script = page.call("Page.addScriptToEvaluateOnNewDocument", source=can)["identifier"]
    try:
        page.open(file, 390)
        Hand(page).visit(PIN, outcome="已查")
        page.evaluate("document.getElementById('share').click()")
        assert page.evaluate("window.shared") == "answers-wang-2026-03-02-2026-03-15.csv"
        assert page.evaluate("document.getElementById('said').textContent") == "已发送。"
    finally:
        page.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)


@pytest.mark.debian
def test_paper_is_a4_with_lines_to_write_on(page: Page, file: Path) -> None:
    page.open(file, 1280, media="")
    paper = pypdf.PdfReader(BytesIO(page.paper()))
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in paper.pages} <= {(595, 842), (596, 842)}
    text = re.sub(r"\s", "", "".join(one.extract_text() for one in paper.pages))
    assert text.count("检查结果") == 4
    assert "保存结果" not in text
