"""The whole week of an office, played by the command line alone: from a spreadsheet to a chain that verifies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
import pytest

from cli.forms import Filled
from cli.plans import run
from mail.servers import Post, served
from work.registers import rows, write_office_xlsx

MENDED = """\
officers:
  - {id: wang, name: 王强, grids: [隆盛镇], certificate: "23010001", email: wang@example.org}
  - {id: li, name: 李芳, grids: [隆盛镇], certificate: "23010002", email: li@example.org}
  - {id: zhou, name: 周敏, grids: [隆盛镇], certificate: "23010003", email: zhou@example.org}

rectification:
  deadlines: {general: 15 days, major: 30 days}
  reinspect: {within: 10 workdays}

mail:
  sender: 隆盛镇安监站 <safety@example.org>
  allow: [example.org]
  weekly: {day: friday, covers: next-week, to: each-officer, attach: [ics, xlsx]}

enterprises:"""


class Week:
    """An office's folder, in which commands are typed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def types(self, *words: object, exits: int = 0) -> str:
        """Type a command; give what it prints."""
        code = run(*words)
        said = self.capsys.readouterr()
        assert code == exits, (words, said.out, said.err)
        return said.out

    def reads(self, *words: object, exits: int = 0) -> Any:
        """Type a command that prints JSON; give it."""
        return json.loads(self.types(*words, "--format", "json", exits=exits))

    def mends_the_plan(self) -> None:
        """Put in the office's own people, what it does about findings, and how it mails."""
        path = self.folder / "plan.yaml"
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"^period: .*$", "period: 2026", text, flags=re.M)
        text, found = re.subn(r"^officers:.*?^enterprises:", MENDED, text, flags=re.M | re.S)
        assert found == 1
        path.write_text(text, encoding="utf-8")


@contextmanager
def mail_server(week: Week) -> Iterator[Post]:
    post = Post()
    with served(post, week.folder) as server:
        secret = week.folder / "smtp.secret"
        secret.touch(mode=0o600)
        secret.write_text(server.url() + "\n", encoding="utf-8")
        yield post


def test_a_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAFEPLAN_AS", "王会计")
    for name in ("SAFEPLAN_PLAN", "SAFEPLAN_LEDGER", "SAFEPLAN_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    week = Week(tmp_path, capsys)

    # the year's plan, from the register as it is
    write_office_xlsx(tmp_path / "企业台账.xlsx", rows(48))
    week.types("init", "--register", "企业台账.xlsx")
    week.mends_the_plan()
    week.types("check", "--strict")
    adopted = week.reads("schedule")
    assert adopted["unplaced"] == []
    week.types("adopt", "--approved-by", "镇政府", "--number", "隆政发〔2026〕3号", "--today", "2026-01-04")

    # Friday: next week is issued and mailed, once
    week.types("issue", "--week", "2026-W10", "--approved-by", "刘敏", "--today", "2026-02-27")
    with mail_server(week) as post:
        mail = ("mail", "--week", "2026-W10", "--secret", "smtp.secret", "--today", "2026-02-27")
        week.types(*mail)
        week.types(*mail)
    sent = {address: len(letters) for address, letters in post.boxes.items()}
    issued = week.reads("schedule", "--week", "2026-W10", "--today", "2026-02-27")["visits"]
    going = {officer for one in issued for officer in one["officers"]}
    assert len(issued) >= 5
    assert sent == {f"{officer}@example.org": 1 for officer in going}

    # Monday: somebody is ill, and what was theirs that week goes on without them
    away = sorted(going)[0]
    week.types("leave", away, "2026-03-02/2026-03-06", "--today", "2026-03-02")
    after = week.reads("schedule", "--week", "2026-W10", "--today", "2026-03-02")["visits"]
    assert not any(away in one["officers"] for one in after)
    slip = week.reads("diff", "issued", "plan.yaml", "--from", "2026-03-02", "--to", "2026-03-08", "--today",
                      "2026-03-02", exits=1)  # fmt: skip
    assert away in json.dumps(slip)

    # Friday: the sheet comes back, with a finding, a closed door and one line that nobody filled in
    week.types("schedule", "--week", "2026-W10", "--today", "2026-03-02", "--form", "-o", "week.xlsx")
    form = Filled(tmp_path / "week.xlsx")
    visits = [one["id"] for one in after if one["date"] <= "2026-03-06"]
    assert len(visits) >= 4
    for at, visit in enumerate(visits[:-1]):
        form.put(form.row_of(visit), outcome="关门" if at == 1 else "已查")
    found_at = next(one["enterprise"] for one in after if one["id"] == visits[0])
    form.put(form.row_of(visits[0]), finding1="配电箱未接地")
    form.save()
    week.types("record", "import", "week.xlsx")
    week.types("record", "import", "week.xlsx")
    findings = week.reads("overdue", "--as-of", "2026-03-06", "--within", "15d", exits=1)
    (finding,) = [one["id"] for one in findings["rows"] if one["section"] == "rectification"]

    # a notice for it, and another finding told by hand
    week.types("notice", finding, "-o", "F1.docx")
    written = "\n".join(cell.text for table in docx.Document(str(tmp_path / "F1.docx")).tables
                        for row in table.rows for cell in row.cells)  # fmt: skip
    written += "\n".join(one.text for one in docx.Document(str(tmp_path / "F1.docx")).paragraphs)
    assert "配电箱未接地" in written
    week.types("record", "finding", found_at, "灭火器过期", "--day", "2026-03-06")

    # April: nobody mended it, and the month is reported
    late = week.reads("overdue", "--as-of", "2026-04-01", exits=1)
    assert {"rectification", "visits"} <= {one["section"] for one in late["rows"]}
    week.types("report", "--month", "3", "-o", "report.xlsx", "--as-of", "2026-04-01")
    assert (tmp_path / "report.xlsx").stat().st_size > 1000
    assert "配电箱未接地" in week.types("dossier", found_at)
    week.types("ledger", "verify")
