"""A Document as one HTML page: its text here, its looks in Chromium where that is installed."""

import re
import unicodedata
from html.parser import HTMLParser
from io import BytesIO

import pypdf
import pytest

from safeplan.document import Column, Document, Facet, Section, Table
from safeplan.output.formats import DOCUMENT_FORMATS

from .chromium import chromium
from .documents import HOSTILE, one_cell, roster_document

render = DOCUMENT_FORMATS["html"].render


class Read(HTMLParser):
    """Collects texts, tags and attributes; a tag that is not closed in its place is noted."""

    VOID = {"meta", "link", "input", "br"}

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.tags, self.wrong = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_text_and_never_markup(name):
    page = Read(render(one_cell(name)).decode())
    assert not page.wrong
    assert not page.open
    assert page.texts.count(name) >= 6
    assert [tag for tag, _ in page.tags].count("script") == 1


def test_the_page_asks_for_nothing_and_says_so_itself():
    page = Read(render(roster_document()).decode())
    assert not [attributes for _, attributes in page.tags if "src" in attributes]
    assert {a["href"][0] for tag, a in page.tags if tag == "a"} == {"#"}
    assert [a["href"] for tag, a in page.tags if tag == "link"] == ["data:,"]
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:")


def test_the_language_and_the_anchors_are_right():
    page = Read(render(roster_document()).decode())
    assert page.tags[0] == ("html", {"lang": "zh-CN"})
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in page.tags if tag == "a"} <= set(ids)


def test_a_roster_is_parted_by_weeks():
    page = render(roster_document()).decode()
    assert page.count('<tr class="week"') == 3
    assert page.count("<time>2026-03-02</time>") == 3


def test_the_heat_map_is_a_table_of_each_month_with_its_figures():
    page = render(roster_document()).decode()
    assert page.count("<caption>") == 12
    assert len(re.findall(r"<td[^>]*><small>\d+</small>", page)) == 365
    assert "12!</b>" in page


def narrowed(*facets, choices=("王强", "李芳", "陈立")):
    """Read a page whose only table has three rows and these facets."""
    table = Table((Column("name", "name"),), [("a",), ("b",), ("c",)], facets=facets)
    asked = tuple(Facet(f"facet {n}", choices) for n in range(len(facets)))
    page = render(Document("t", "en", (Section("s", tables=(table,)),), facets=asked)).decode()
    return Read(page)


def test_a_facet_offers_the_choices_that_show_a_row():
    page = narrowed([(0, 2), (2,), ()], [(1,), (1,), (1,)])
    assert [a["name"] for tag, a in page.tags if tag == "select"] == ["facet 0"]
    assert [a["value"] for tag, a in page.tags if tag == "option"] == ["", "0", "2"]
    assert [a["data-shows"] for tag, a in page.tags if "data-shows" in a] == ["0 2|1", "2|1", "|1"]


def test_a_facet_that_does_not_narrow_a_table_shows_all_of_it():
    page = narrowed(None, [(0,), (1,), ()])
    assert [a["data-shows"] for tag, a in page.tags if "data-shows" in a] == ["*|0", "*|1", "*|"]
    assert [a["name"] for tag, a in page.tags if tag == "select"] == ["facet 1"]


def test_a_short_table_without_facets_needs_no_filter():
    assert not [tag for tag, a in narrowed().tags if tag in ("input", "select")]


WIDTHS = [(360, "screen"), (768, "screen"), (1280, "screen"), (1032, "print"), (703, "print")]


@pytest.fixture(scope="module")
def page_and_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chromium")
    file = folder / "page.html"
    file.write_bytes(render(roster_document()))
    with chromium(folder / "profile") as page:
        yield page, file


@pytest.mark.debian
@pytest.mark.xdist_group("chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "media"), WIDTHS)
def test_the_page_fits_its_width_without_error_or_request(page_and_file, width, media, scheme):
    page, file = page_and_file
    page.requests.clear()
    page.open(file, width, scheme, media)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "[...document.body.querySelectorAll('*')].filter(e => !e.matches('.skip') && e.checkVisibility() && "
    assert page.evaluate(f"{wide} e.getBoundingClientRect().right > innerWidth + 1).length") == 0
    assert [request for request in page.requests if request not in (file.as_uri(), "data:,")] == []
    assert page.errors == []
    bright = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert bright is (scheme == "light" or media == "print")


@pytest.mark.debian
@pytest.mark.xdist_group("chromium")
def test_the_filter_and_the_headings_work(page_and_file):
    page, file = page_and_file
    page.open(file, 1280)
    rows = "[...document.querySelectorAll('#s2t1 tbody tr:not(.week)')].filter(r => r.checkVisibility())"
    first = f"{rows}[0].cells[4].textContent"
    assert page.evaluate(f"{rows}.length") == 42
    typed = "i = document.querySelector('.tools input'); i.value = '农贸'; i.dispatchEvent(new Event('input')); 0"
    page.evaluate(f"var {typed}")
    assert 0 < page.evaluate(f"{rows}.length") < 10
    assert page.evaluate("document.querySelector('.tools output').textContent") != ""
    page.evaluate("i.value = ''; i.dispatchEvent(new Event('input')); 0")
    before = page.evaluate(first)
    press = "document.querySelectorAll('#s2t1 th button')[4].click(); document.querySelectorAll('#s2t1 th')[4]"
    assert page.evaluate(f"{press}.getAttribute('aria-sort')") == "ascending"
    up = page.evaluate(first)
    assert page.evaluate(f"{press}.getAttribute('aria-sort')") == "descending"
    assert page.evaluate(first) != up
    assert page.evaluate(f"{press}.getAttribute('aria-sort')") is None
    assert page.evaluate(first) == before
    assert page.errors == []


@pytest.mark.debian
@pytest.mark.xdist_group("chromium")
def test_paper_is_a4_across_with_the_heading_on_every_page_of_the_roster(page_and_file):
    page, file = page_and_file
    page.open(file, 1280, media="")
    paper = pypdf.PdfReader(BytesIO(page.paper()))
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in paper.pages}
    assert len(sizes) == 1
    assert all(abs(a - b) <= 2 for a, b in zip(*sizes, (842, 595), strict=True))
    # Fonts that share a glyph between 日 and the radical ⽇ are read back as the radical.
    texts = ["".join(unicodedata.normalize("NFKC", sheet.extract_text()).split()) for sheet in paper.pages]
    of_roster = [text for text in texts if "号标准化厂房" in text]
    assert len(of_roster) >= 2
    assert all("企业名称" in text for text in of_roster)
