"""Pages of a real plan and a real ledger in Chromium: their looks, keys, names, what narrows and sorts them, paper."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdf
import pytest

from safeplan.document import Column, Document, Facet, Section, Table
from safeplan.output.formats import DOCUMENT_FORMATS

from .chromium import Page, chromium
from .looks import CUT, FAINT, REACHED, WIDE
from .pages import ADDRESS, HOSTILE, LONG, of_street, write_pages

pytestmark = [pytest.mark.debian, pytest.mark.xdist_group("chromium")]

NAMES = ("street", "roster", "overdue", "report")
WIDTHS = [(360, "screen"), (768, "screen"), (1280, "screen"), (1032, "print")]
ROWS = "[...document.querySelectorAll('table.data tbody tr:not(.week)')].filter(row => row.checkVisibility())"
ROSTER = "[...document.querySelectorAll('#s2t1 tbody tr:not(.week)')].filter(row => row.checkVisibility())"
BAR = ["人员", "所属网格", "周次", "关键字", "显示全部"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("chromium") / "profile") as page:
        yield page


@pytest.fixture
def page(browser: Page) -> Page:
    browser.requests.clear()
    browser.errors.clear()
    return browser


def choose(page: Page, **wanted: str) -> str:
    """Choose in the selects by what they say, and give what is announced."""
    for number, choice in wanted.items():
        page.evaluate(f"""(() => {{
            const select = document.querySelectorAll('.tools select')[{number[1:]}];
            select.value = [...select.options].find(one => one.textContent.trim() === {json.dumps(choice)}).value;
            select.dispatchEvent(new Event('input', {{bubbles: true}}));
        }})()""")
    return announced(page)


def announced(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.tools output').innerText"))


def shown(page: Page, column: int, rows: str = ROSTER) -> list[str]:
    """Give what a column says in the rows that are shown."""
    texts: list[str] = page.evaluate(f"{rows}.map(row => row.cells[{column}].textContent)")
    return texts


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "media"), WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_is_well_seen_and_asks_for_nothing(
    page: Page, files: dict[str, Path], name: str, width: int, media: str, scheme: str
) -> None:
    page.open(files[name], width, scheme, media)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDE) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(FAINT) == []
    assert [one for one in page.requests if one not in (files[name].as_uri(), "data:,")] == []
    assert page.errors == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 31)"
    assert dark is (scheme == "dark" and media == "screen")


@pytest.mark.parametrize("name", NAMES)
def test_names_are_whole_and_nothing_but_text(page: Page, files: dict[str, Path], name: str) -> None:
    page.open(files[name], 360)
    texts = page.evaluate("[...document.querySelectorAll('td')].map(cell => cell.textContent)")
    assert page.evaluate("document.title") != "x"
    if name != "street":
        assert HOSTILE in texts
    if name in ("roster", "overdue"):
        assert LONG in texts
    if name == "roster":
        assert ADDRESS in texts


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["overdue", "report", "roster"])
def test_tab_reaches_every_control_in_its_order_and_is_seen(
    page: Page, files: dict[str, Path], name: str, width: int
) -> None:
    page.open(files[name], width)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a, select, input, button')].filter(one => one.checkVisibility())"
        ".map(one => one.name || one.textContent.trim())"
    )
    assert set(BAR) < set(wanted)
    for said in wanted:
        page.press("Tab")
        assert page.evaluate(REACHED) == [said, True]
    for said in wanted[-2::-1]:
        page.press("Tab", shift=True)
        assert page.evaluate(REACHED) == [said, True]


def test_enter_and_space_sort(page: Page, files: dict[str, Path]) -> None:
    page.open(files["overdue"], 1280)
    page.evaluate("document.querySelectorAll('#s2t1 th button')[4].focus()")
    head = "document.querySelectorAll('#s2t1 th')[4].getAttribute('aria-sort')"
    before = shown(page, 0)
    for key, way in (("Enter", "ascending"), ("Space", "descending"), ("Enter", None)):
        page.press(key)
        assert page.evaluate(head) == way
        days = [int(text) for text in shown(page, 4)]
        assert way is None or days == sorted(days, reverse=way == "descending")
    assert shown(page, 0) == before


def test_a_select_a_keyword_and_the_button_are_worked_by_keys(page: Page, files: dict[str, Path]) -> None:
    page.open(files["overdue"], 1280)
    everything = page.evaluate(f"{ROWS}.length")
    page.evaluate("document.querySelectorAll('.tools select')[1].focus()")
    page.press("ArrowDown")
    page.press("ArrowDown")
    assert page.evaluate("document.activeElement.selectedOptions[0].textContent.trim()") == "东街村"
    assert set(shown(page, 1)) == {"东街村"}
    page.press("Tab")
    page.press("Tab")
    page.type("液化 a类")
    assert set(shown(page, 0)) == {"液化气站"}
    assert announced(page) == f"显示 2 行，共 {everything} 行"
    page.press("Tab")
    page.press("Enter")
    assert page.evaluate(f"{ROWS}.length") == everything
    assert announced(page) == f"显示 {everything} 行，共 {everything} 行"
    assert page.evaluate("document.activeElement.textContent") == "显示全部"
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("name", NAMES)
def test_everything_has_a_name_for_those_who_hear_it(page: Page, files: dict[str, Path], name: str) -> None:
    page.open(files[name], 1280)
    told = page.accessible()
    controls = [one for one in told if one[0] in ("link", "button", "combobox", "searchbox", "textbox", "columnheader")]
    assert [one for one in controls if not one[1].strip()] == []
    assert [said for role, said in told if role in ("combobox", "searchbox")] == BAR[:4]
    assert ("search", "筛选") in told
    assert "status" in {role for role, _ in told}
    tables = page.evaluate("document.querySelectorAll('table.data').length")
    assert len([said for role, said in told if role == "table" and said]) >= tables
    assert "cell" in {role for role, _ in told}


def test_rows_stay_rows_for_those_who_hear_a_list(page: Page, files: dict[str, Path]) -> None:
    page.open(files["overdue"], 360)
    told = page.accessible()
    assert ("table", "逾期未检查") in told
    assert ("cell", LONG) in [(role, said.strip()) for role, said in told]
    assert ("columnheader", "逾期天数") in [(role, said.split()[0]) for role, said in told if role == "columnheader"]


def test_an_officer_chosen_shows_every_visit_on_which_they_go(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280)
    officers = of_street().schedule.plan.file.officers
    code = next(code for code, one in enumerate(officers) if one.name == "余思敏")
    said = choose(page, _0="余思敏")
    assert len(shown(page, 2)) == len(of_street(officer=code).schedule.visits) > 10
    assert all("余思敏" in crew for crew in shown(page, 2))
    assert len(set(shown(page, 2))) > 3
    everything = page.evaluate("document.querySelectorAll('table.data tbody tr:not(.week)').length")
    assert said == f"显示 {page.evaluate(f'{ROWS}.length')} 行，共 {everything} 行"


def test_a_grid_chosen_shows_what_is_in_it_and_below(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280)
    grids = of_street().schedule.plan.file.grids
    for name in ("汀兰社区", "青汀街道"):
        code = next(code for code, one in enumerate(grids) if one.name == name)
        choose(page, _1=name)
        assert len(shown(page, 5)) == len(of_street(grid=code).schedule.visits)
    assert set(shown(page, 5)) >= {"青汀街道", "汀兰社区", "望渡社区"}


def test_a_week_chosen_shows_that_week_and_choices_narrow_each_other(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280)
    days = (date(2026, 3, 9), date(2026, 3, 15))
    choose(page, _2="2026年第11周（3月9日至15日）")
    assert len(shown(page, 0)) == len(of_street(days=days).schedule.visits)
    assert set(shown(page, 0)) <= {str(days[0] + timedelta(days=n)) for n in range(7)}
    choose(page, _0="余思敏")
    code = next(code for code, one in enumerate(of_street().schedule.plan.file.officers) if one.name == "余思敏")
    assert len(shown(page, 0)) == len(of_street(officer=code, days=days).schedule.visits)
    headings = "[...document.querySelectorAll('tr.week')].filter(row => row.checkVisibility()).length"
    assert page.evaluate(headings) == 1


def test_what_is_said_once_is_said_where_the_first_row_is_hidden(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280)
    page.evaluate("i = document.querySelector('.tools input'); i.value = 'c类'; i.dispatchEvent(new Event('input')); 0")
    seen = page.evaluate(f"""{ROSTER}.map(row => [row.cells[0], row.cells[2]].map(cell =>
        [cell.textContent, getComputedStyle(cell).color !== 'rgba(0, 0, 0, 0)']))""")
    before: list[str] = ["", ""]
    for (day, day_is_said), (crew, crew_is_said) in seen:
        assert day_is_said is (day != before[0])
        assert crew_is_said is ([day, crew] != before)
        before = [day, crew]
    page.evaluate("document.querySelectorAll('#s2t1 th button')[4].click()")
    assert page.evaluate(f"{ROSTER}.every(row => getComputedStyle(row.cells[0]).color !== 'rgba(0, 0, 0, 0)')")


def test_a_sorted_page_is_narrowed_and_a_narrowed_one_sorted(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280)
    page.evaluate("document.querySelectorAll('#s2t1 th button')[9].click()")
    choose(page, _0="余思敏")
    minutes = [int(text) for text in shown(page, 9)]
    assert minutes == sorted(minutes)
    page.evaluate("document.querySelectorAll('#s2t1 th button')[0].click()")
    assert shown(page, 0) == sorted(shown(page, 0))
    assert all("余思敏" in crew for crew in shown(page, 2))
    choose(page, _0="全部")
    assert len(shown(page, 0)) == len(of_street().schedule.visits)


SORTED = {
    "numbers": [3.5, -2, 10, 3.25, None, 0],
    "shares": ["50%", "9.5%", "100.00%", "", "9.25%", "0%"],
    "days": [date(2026, 3, 2), None, date(2025, 12, 31), date(2026, 10, 1), date(2026, 9, 30), date(2026, 3, 2)],
    "ids": ["F10", "F9", "", "F100", "F2", "F1"],
    "names": ["张小梅", "", "王强", "李芳", "陈立", "赵志刚"],
}
"""Cells of a column each; the last one by pinyin: chen, li, wang, zhang, zhao."""
IN_ORDER = {
    "numbers": ["-2", "0", "3.25", "3.5", "10"],
    "shares": ["0%", "9.25%", "9.5%", "50%", "100.00%"],
    "days": ["2025-12-31", "2026-03-02", "2026-03-02", "2026-09-30", "2026-10-01"],
    "ids": ["F1", "F2", "F9", "F10", "F100"],
    "names": ["陈立", "李芳", "王强", "张小梅", "赵志刚"],
}


@pytest.mark.parametrize("name", SORTED)
def test_values_sort_as_what_they_are_and_blanks_stay_last(page: Page, tmp_path: Path, name: str) -> None:
    columns = tuple(Column(key, key) for key in SORTED)
    table = Table(columns, list(zip(*SORTED.values(), strict=True)))
    path = tmp_path / "sorted.html"
    path.write_bytes(DOCUMENT_FORMATS["html"].render(Document("t", "zh_CN", (Section("s", tables=(table,)),))))
    page.open(path, 1280)
    at = list(SORTED).index(name)
    for way in (1, -1):
        page.evaluate(f"document.querySelectorAll('th button')[{at}].click()")
        assert shown(page, at, ROWS) == [*IN_ORDER[name][::way], ""]


def test_a_table_without_a_row_left_says_so(page: Page, files: dict[str, Path]) -> None:
    page.open(files["overdue"], 1280)
    choose(page, _1="西街村一组")
    said = page.evaluate("[...document.querySelectorAll('section')].map(one => one.innerText.split('\\n'))")
    of = {lines[0]: lines[-1] for lines in said}
    assert of["工作事项未完成"] == of["岗位空缺"] == "无。"
    assert of["逾期未复查"] != "无。"


def test_a_page_is_bookmarked_as_it_is_narrowed(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280)
    choose(page, _0="余思敏", _1="汀兰社区")
    narrowed, fragment = shown(page, 4), page.evaluate("location.hash")
    page.open(files["report"], 1280)
    page.open(files["street"], 1280, fragment=fragment[1:])
    assert shown(page, 4) == narrowed
    page.open(files["report"], 1280)
    page.open(files["street"], 1280, fragment="周次=" + quote("2026年第11周（3月9日至15日）"))
    assert 0 < len(shown(page, 4)) < 60
    page.open(files["report"], 1280)
    page.open(files["street"], 1280, fragment="s2")
    assert announced(page) == ""
    covered = (
        "document.querySelector('#s2h').getBoundingClientRect().top < document.querySelector('.tools').offsetHeight"
    )
    assert page.evaluate("scrollY") > 0
    assert page.evaluate(covered) is False
    assert page.errors == []


def test_a_report_is_narrowed_to_a_grid_without_the_sum_of_all(page: Page, files: dict[str, Path]) -> None:
    page.open(files["report"], 1280)
    assert shown(page, 0, ROWS)[:3] == ["东街村", "西街村", "合计"]
    choose(page, _1="西街村")
    assert shown(page, 0, ROWS) == ["西街村", "F4"]
    page.evaluate("document.querySelector('.tools button').click()")
    choose(page, _0="周敏（zhou2）")
    assert shown(page, 0, ROWS) == ["东街村", "西街村", "合计", "F9"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_without_its_script_a_page_is_whole(page: Page, files: dict[str, Path], name: str, width: int) -> None:
    page.open(files[name], width)
    rows = page.evaluate(f"{ROWS}.length")
    page.open(files[name], width, scripts=False)
    assert page.evaluate(f"{ROWS}.length") == rows
    assert (
        page.evaluate("[...document.querySelectorAll('.tools, button, select')].some(one => one.checkVisibility())")
        is False
    )
    assert page.evaluate(WIDE) == []
    assert page.evaluate(FAINT) == []
    weeks = page.evaluate("[...document.querySelectorAll('nav.weeks a')].map(one => one.getAttribute('href'))")
    assert bool(weeks) is (name in ("street", "roster"))
    assert page.evaluate(f"{json.dumps(weeks)}.every(one => document.querySelector(one))")


RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻰⻳㬵", "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐龙龟胶"
)
"""Fonts that share a glyph between 青 and the radical ⻘, or 胶 and 㬵, are read back as the other."""


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(RADICALS).split())


def read(paper: bytes) -> list[str]:
    """Give the text of each page of a PDF, which must be A4 across."""
    pages = pypdf.PdfReader(BytesIO(paper)).pages
    for sheet in pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (842, 595)
    return [plain(sheet.extract_text()) for sheet in pages]


def test_on_paper_a_page_is_whole_with_headings_and_lines_to_sign(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280, "dark", media="")
    texts = read(page.paper())
    of_roster = [text for text in texts if "楚江市汀洲区青汀街道" in text]
    assert len(of_roster) > 5
    assert all("企业名称" in text and "检查依据" in text for text in of_roster)
    said = "".join(texts)
    assert [name for name in shown(page, 4) if plain(name) not in said] == []
    assert "制表人" in said and "审批人" in said
    assert "显示全部" not in said


def test_on_paper_long_names_are_whole(page: Page, files: dict[str, Path]) -> None:
    for name, texts in (("roster", (LONG, ADDRESS, HOSTILE)), ("overdue", (LONG, HOSTILE)), ("report", (HOSTILE,))):
        page.open(files[name], 1280, media="")
        said = "".join(read(page.paper()))
        assert [text for text in texts if plain(text) not in said] == [], name


def test_paper_shows_what_the_screen_shows_and_says_how_it_was_narrowed(page: Page, files: dict[str, Path]) -> None:
    page.open(files["street"], 1280, media="")
    choose(page, _0="余思敏", _2="2026年第11周（3月9日至15日）")
    texts = read(page.paper())
    said = "".join(texts)
    wanted, everyone = shown(page, 4), set(of_street().schedule.plan.enterprises["name"])
    assert len(texts) == 1
    assert plain("人员 余思敏 · 周次 2026年第11周（3月9日至15日） · 显示") in said
    assert {name for name in everyone if plain(name) in said} == {name for name in wanted if name}
    assert "制表人" in said
    assert "每日检查次数" not in said
    page.open(files["report"], 1280, media="")
    assert "出动次数（次）" in page.evaluate("document.body.innerText")
    choose(page, _1="西街村")
    said = "".join(read(page.paper()))
    assert "整改通知书" in said and plain("出动次数（次）") not in said


def county(rows: int) -> Document:
    """Give the roster of a large county: 300 officers who go in pairs, 150 grids, a visit of each pair every hour."""
    first = date(2026, 1, 1)
    weeks = tuple(f"第{n}周" for n in range(53))
    officers, grids = tuple(f"人员{n}" for n in range(300)), tuple(f"网格{n}" for n in range(150))
    columns = tuple(Column(key, key) for key in ("date", "crew", "order", "enterprise", "grid", "address", "rules"))
    lines = []
    shows: tuple[list[tuple[int, ...]], ...] = ([], [], [])
    for n in range(rows):
        day, crew, grid = n * 365 // rows, n % 150, n * 7 % 150
        lines.append((
            first + timedelta(days=day), "、".join(officers[2 * crew : 2 * crew + 2]), n % 4, f"第{n}号企业有限公司",
            grids[grid], f"兴业大道二段{n}号标准化厂房", "A类每月",
        ))  # fmt: skip
        for facet, choices in zip(shows, ((2 * crew, 2 * crew + 1), (grid, 0), (day // 7,)), strict=True):
            facet.append(choices)
    facets = (Facet("人员", officers), Facet("网格", grids), Facet("周次", weeks))
    table = Table(columns, lines, group=("date", "crew"), facets=shows)
    return replace(Document("t", "zh_CN", (Section("s", tables=(table,)),)), facets=facets)


def busy(page: Page, script: str) -> float:
    """Give the processor's seconds in which the page answered a script and was drawn anew."""

    def spent() -> float:
        metrics: list[dict[str, Any]] = page.call("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    before = spent()
    page.evaluate(f"{script}; document.body.offsetHeight")
    page.evaluate("0")
    return spent() - before


def test_a_roster_of_twenty_thousand_visits_answers_at_once(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "county.html"
    path.write_bytes(DOCUMENT_FORMATS["html"].render(county(20_000)))
    page.call("Performance.enable", timeDomain="threadTicks")
    page.open(path, 1280)
    select = "s = document.querySelectorAll('.tools select')[{}]; s.value = {}; s.dispatchEvent(new Event('input'))"
    assert busy(page, select.format(0, 7)) < 1
    assert len(shown(page, 0, ROWS)) == 20_000 // 150 + 1
    assert busy(page, select.format(2, 10)) < 1
    assert busy(page, "document.querySelector('.tools button').click()") < 3
    assert busy(page, "document.querySelectorAll('th button')[3].click()") < 3
    assert page.errors == []
