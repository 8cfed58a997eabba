"""A town that mails: its plan, safeplan run in its folder, and the letters that arrive."""

from __future__ import annotations

import contextlib
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import vobject

from cli.plans import run, write
from mail.servers import Running
from safeplan.core.events.mail import Mailed
from safeplan.core.events.rosters import Issued
from safeplan.core.history import History
from safeplan.core.settled import visits_of
from safeplan.ledger.place import LedgerPlace
from safeplan.work.ledgers import read_history

PLAN = """\
safeplan: 1
name: 石桥镇2026年安全检查计划
period: 2026
language: en
classes:
  A: {label: A类, visits: 1 per week, family: patrol}
teams: [{id: t, name: 中队}]
grids:
  - {id: zhen, name: 石桥镇, roles: {lead: sun}}
  - {id: shiqiao, name: 石桥村, parent: zhen, roles: {lead: qian}}
  - id: shimen
    name: 石门村
    parent: zhen
    roles: {watch: [wu, ma], lead: [{officer: qian, to: 2026-02-28}, {officer: li, from: 2026-03-01}]}
officers:
  - {id: zhao, name: 赵志刚, grids: [zhen], certificate: "1", teams: [t], email: zhao@example.org, phone: "13900000001"}
  - {id: zhang, name: 张小梅, grids: [zhen], certificate: "2", teams: [t], email: zhang@example.org}
  - {id: wu, name: 吴强, grids: [shimen], email: wu@elsewhere.example}
  - {id: ma, name: 马丽, grids: [shiqiao]}
  - {id: sun, name: 孙镇长, email: sun@example.org}
  - {id: qian, name: 钱书记, email: qian@example.org}
  - {id: li, name: 李主任, email: li@example.org}
  - {id: idle, name: 闲人, email: idle@example.org}
enterprises:
  - {id: Q1, name: 液化气站, class: A, grid: shiqiao, contact: {name: 周经理, phone: "13800000000"}}
  - {id: Q2, name: 桥头饭庄, class: A, grid: shiqiao}
  - {id: Q3, name: 小卖部, class: A, grid: shimen}
  - {id: Q4, name: 楚天塑业, class: A, grid: shimen}
patrols:
  - {name: 村巡查, grids: [shimen], visits: 1 per week, by: watch, people: 2}
campaigns:
  - name: 飞行检查
    phases: [{name: 突击, from: 2026-03-09, to: 2026-03-15, visits: 1, surprise: true, separate: true, family: patrol}]
mail:
  sender: 石桥镇安监站 <safety@example.org>
  allow: [example.org]
  weekly: {day: friday, covers: next-week, to: each-officer, cc: [li], attach: [ics, xlsx, pocket]}
"""
WEEK, FRIDAY = "2026-W11", "2026-03-06"
MONDAY_TO_SUNDAY = [f"2026-03-{day:02}" for day in range(9, 16)]


class Office:
    """A folder with a plan, a secret, and safeplan run in it."""

    def __init__(self, folder: Path, text: str = PLAN) -> None:
        self.folder = folder
        self.plan = write(folder, text)
        self.secret = folder / "smtp.secret"

    def may_send(self, server: Running) -> None:
        """Write the file with the server's address and password."""
        self.secret.touch(mode=0o600)
        self.secret.write_text(server.url() + "\n", encoding="utf-8")

    def run(self, command: str, *arguments: object, today: str = FRIDAY) -> int:
        """Run a command on the plan and give its exit code."""
        return run(command, "--plan", self.plan, "--today", today, *arguments)

    def mail(self, *arguments: object, today: str = FRIDAY) -> int:
        """Run `safeplan mail` with the secret."""
        return self.run("mail", "--secret", self.secret, *arguments, today=today)

    @property
    def history(self) -> History:
        """What the ledger tells."""
        return read_history(LedgerPlace(self.folder / "safeplan.db")) or History.nothing()

    def issued(self) -> pl.DataFrame:
        """Give the visits of the roster that was issued last."""
        return visits_of(self.history.of(Issued).tail(1))

    def visits_of(self, officer: str) -> dict[str, str]:
        """Give the visits of an officer: id → day."""
        own = self.issued().filter(pl.col("officers").list.contains(officer))
        return {id_: str(day) for id_, day in own.select("id", "day").iter_rows()}

    def mails(self) -> pl.DataFrame:
        """Give what the ledger tells of letters."""
        return self.history.of(Mailed)


def plain(mail: EmailMessage) -> str:
    """Give the plain text of a letter."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html(mail: EmailMessage) -> str:
    """Give the HTML of a letter."""
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def attached(mail: EmailMessage) -> dict[str, bytes]:
    """Give the files of a letter by the ending of their names."""
    files = {}
    for one in mail.iter_attachments():
        content: Any = one.get_content()
        files[str(one.get_filename()).rpartition(".")[2]] = content.encode() if isinstance(content, str) else content
    return files


def events_of(data: bytes) -> dict[str, str]:
    """Read a calendar with a parser that safeplan does not use: uid → day."""
    calendar = vobject.readOne(data.decode())
    with contextlib.suppress(AttributeError):
        return {one.uid.value.removesuffix("@safeplan"): str(one.dtstart.value) for one in calendar.vevent_list}
    return {}


def form_of(data: bytes) -> list[str]:
    """Give the visits of a form by their ids."""
    page = openpyxl.load_workbook(BytesIO(data)).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    at = rows[2].index("safeplan:visit")
    return [str(row[at]) for row in rows[4:] if row[at]]
