"""The page of a draw: what it holds, and that its JavaScript finds what Python finds, offline."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from safeplan.core.draw_record import Excluded, Record, Replaced
from safeplan.core.lots import digest, in_order, officers_in_order, pool_hash
from safeplan.output.draw_page import read, render
from safeplan.words.language import Words

from .chromium import chromium

POOL = tuple(
    sorted([*(f"企业-{n}" for n in range(40)), 'E"1"', "E\\2", "</script><b>", "e\u0301".encode().decode(), "😀"])
)
TEXTS = (
    "",
    "a",
    "福彩3D-417",
    '"\\/\b\f\n\r\t\x00\x1f\x7f',
    "\u2028\u2029",
    "e\u0301",
    "😀",
    "x" * 55,
    "x" * 56,
    "x" * 300,
)


def record_of(seed: str | None = '福彩3D "417"') -> Record:
    excluded, replaced = ("企业-3", "企业-5"), ()
    left = [one for one in POOL if one not in excluded]
    drawn: tuple[str, ...] = ()
    crews: dict[str, tuple[str, ...]] = {}
    if seed is not None:
        order = in_order(left, seed=seed, rule="spot-check-抽查", period="2026-Q1")
        replaced = (Replaced(enterprise=order[1], why="<关门>"),)
        drawn = (order[0], *order[2:6])
        for one in drawn:
            officers = officers_in_order(
                ("li", "wang", "赵"), seed=seed, rule="spot-check-抽查", period="2026-Q1", enterprise=one
            )
            crews[one] = tuple(officers[:2])
    return Record(
        plan="计划",
        rule="spot-check-抽查",
        name="抽查 <b>",
        period="2026-Q1",
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        share=(1, 10),
        k=5,
        pool=POOL,
        pool_sha256=pool_hash(POOL),
        excluded=tuple(Excluded(enterprise=one, why="visited", day=date(2025, 12, 1)) for one in excluded),
        event="2026-01-04 福彩3D",
        made_on=date(2026, 1, 1),
        seed=seed,
        replaced=replaced,
        drawn=drawn,
        officers=("li", "wang", "赵"),
        crews=crews,
    )


@pytest.mark.parametrize("seed", [None, "417", "</script>"], ids=["a commitment", "revealed", "a hostile seed"])
def test_a_page_gives_its_record_back(seed: str | None) -> None:
    record = record_of(seed)
    assert read(render(record, Words("zh_CN"))) == record


@pytest.mark.parametrize("page", [b"", b"<html></html>", render(record_of(), Words("en")).replace(b'"k":', b'"kk":')])
def test_what_is_no_record_is_none(page: bytes) -> None:
    assert read(page) is None


def test_the_page_asks_for_nothing_and_names_are_text() -> None:
    page = render(record_of("</script>"), Words("en")).decode()
    assert "default-src 'none'" in page
    assert "src=" not in page.replace("-src", "")
    assert page.count("</script>") == 3
    assert "<b>" not in page.split("<main")[0].split("</style>")[1]


@pytest.mark.debian
def test_the_browser_recomputes_what_python_found(tmp_path: Path) -> None:
    pages = {
        "right": (record_of(), "true"),
        "committed": (record_of(None), "true"),
        "forged-list": (record_of().model_copy(update={"drawn": record_of().drawn[::-1]}), "false"),
        "forged-pool": (record_of().model_copy(update={"pool": POOL[1:]}), "false"),
        "forged-number": (record_of().model_copy(update={"k": 4}), "false"),
        "forged-crew": (
            record_of().model_copy(update={"crews": {one: crew[::-1] for one, crew in record_of().crews.items()}}),
            "false",
        ),
    }
    with chromium(tmp_path / "profile") as page:
        for name, (record, verified) in pages.items():
            path = tmp_path / f"{name}.html"
            path.write_bytes(render(record, Words("zh_CN")))
            page.open(path, 900)
            assert page.evaluate("document.body.dataset.verified") == verified, name
            assert page.evaluate("location.protocol") == "file:"
        listed = "[...document.querySelectorAll('#list tr')].map((row) => row.cells[1].textContent)"
        page.open(tmp_path / "right.html", 900)
        assert page.evaluate(listed) == list(record_of().drawn)
        page.open(tmp_path / "committed.html", 900)
        assert page.evaluate(listed) == []
        page.evaluate("(() => { seed.value = '417'; seed.dispatchEvent(new Event('input')); })()")
        left = record_of().left
        assert page.evaluate(listed) == in_order(left, seed="417", rule="spot-check-抽查", period="2026-Q1")[:5]
        for text in TEXTS:
            asked = json.dumps([text, "b"])
            assert page.evaluate(f"digest({asked})") == digest([text, "b"]), repr(text)
            assert page.evaluate(f"sha256({json.dumps(text)})") == hashlib.sha256(text.encode()).hexdigest()
        assert not page.errors
        assert {request.split(":")[0] for request in page.requests} <= {"file", "data"}
