"""The form that comes with a letter, opened by LibreOffice and printed: every visit is on the paper, whole."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from mail.office import PLAN, WEEK, Office, attached
from mail.servers import Post, Running

LONG = "石桥镇楚天塑料包装制品有限责任公司第二分公司（原镇供销社仓库）"
FAR = "石桥镇工业集中区二期三号路与环湖大道交叉口向东一百五十米路北"
SHOPS = "".join(
    f"  - {{id: R{n}, name: 沿街商铺第{n}号, class: A, grid: shiqiao, address: 新街{n}号}}\n" for n in range(40)
)
BUSY = PLAN.replace("name: 楚天塑业, ", f'name: "{LONG}", address: "{FAR}", ').replace(
    "patrols:\n", SHOPS + "patrols:\n"
)


@pytest.mark.debian
def test_every_visit_is_on_the_paper_whole(tmp_path: Path, post: Post, server: Running) -> None:
    office = Office(tmp_path, BUSY)
    office.may_send(server)
    assert office.run("issue", "--week", WEEK) == 0
    office.mail("--week", WEEK)
    for officer in ("zhao", "zhang"):
        form = tmp_path / f"{officer}.xlsx"
        form.write_bytes(attached(post.letters(f"{officer}@example.org")[0])["xlsx"])
        cells, paper = cells_of(form), printed(form)
        assert cells.total() >= 7 * len(office.visits_of(officer)) >= 140
        assert {text: n for text, n in cells.items() if paper.count(text) < n} == {}
        assert "###" not in paper
    assert {LONG, FAR} <= cells.keys()


def cells_of(form: Path) -> Counter[str]:
    """Give what stands in the rows of a form before the cells to fill in, without white space, and how often."""
    page = openpyxl.load_workbook(form).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    keys = [str(key).removeprefix("safeplan:") for key in rows[2]]
    shown = [keys.index(key) for key in ("date", "weekday", "crew", "order", "enterprise", "grid", "address", "family")]
    visits = [row for row in rows[4:] if row[keys.index("visit")]]
    texts = (str(row[at]).removesuffix(" 00:00:00") for row in visits for at in shown if row[at] is not None)
    return Counter("".join(text.split()) for text in texts)


def printed(form: Path) -> str:
    """Print a form with LibreOffice; give the text of the paper without its white space."""
    profile = f"-env:UserInstallation={(form.parent / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", form.parent, form],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    paper = form.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", "-raw", paper, "-"], check=True, capture_output=True, text=True).stdout
    return "".join(text.split())
