"""safeplan mail as a clerk and cron use it, against a real server: who gets what, once, and what is said."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import polars as pl
import pytest

from cli.plans import run
from mail.office import FRIDAY, PLAN, WEEK, Office, attached, events_of, form_of, html, plain
from mail.servers import PASSWORD, USER, Post, Running
from output.pocket_pages import PocketPage

ALL = {"zhao", "zhang", "sun", "qian", "li"}
"""Who gets a letter; wu's domain is not allowed, ma has no address, idle does nothing."""


@pytest.fixture
def office(tmp_path: Path, server: Running) -> Office:
    """Give an office that has issued the week of 9 March."""
    made = Office(tmp_path)
    made.may_send(server)
    assert made.run("issue", "--week", WEEK) == 0
    return made


def letter(post: Post, officer: str, at: int = -1) -> EmailMessage:
    return post.letters(f"{officer}@example.org")[at]


def counts(post: Post) -> dict[str, int]:
    return {address.partition("@")[0]: len(box) for address, box in post.boxes.items()}


def test_each_gets_their_own_visits_once(office: Office, post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert office.mail("--week", WEEK) == 1  # wu's domain is not allowed
    out = capsys.readouterr().out
    assert "5 sent" in out and "elsewhere.example" in out and "马丽" in out and "paper" in out
    assert counts(post) == dict.fromkeys(ALL, 1)
    assert office.mail("--week", WEEK) == 1
    assert "5 had it already" in capsys.readouterr().out
    assert counts(post) == dict.fromkeys(ALL, 1)
    assert set(office.mails().filter(pl.col("state") == "sent")["officer"]) == ALL


@pytest.mark.parametrize("officer", ["zhao", "zhang"])
def test_calendar_and_form_hold_exactly_the_issued_visits(office: Office, post: Post, officer: str) -> None:
    office.mail("--week", WEEK)
    files, own = attached(letter(post, officer)), office.visits_of(officer)
    assert len(own) >= 2
    assert events_of(files["ics"]) == own
    assert sorted(form_of(files["xlsx"])) == sorted(own)


@pytest.mark.parametrize("officer", ["zhao", "zhang"])
def test_the_page_for_the_telephone_shows_the_issued_visits_of_its_officer_alone(
    office: Office, post: Post, officer: str
) -> None:
    office.mail("--week", WEEK)
    page, own = PocketPage(attached(letter(post, officer))["html"]), office.visits_of(officer)
    assert sorted(page.visits) == sorted(own)
    assert page.data["file"] == f"answers-{officer}-2026-W11.csv"
    surprise = any("飞行检查" in one for one in own)
    assert ("surprise visit, tell nobody" in page.text) == surprise
    assert "13900000001" not in page.source  # nobody's telephone


def test_the_page_tells_what_was_known_when_the_roster_was_issued(office: Office, post: Post) -> None:
    told = ("record", "finding", "Q1", "配电箱未接地", "--day", "2026-03-05", "-p", office.plan, "--as", "王会计")
    assert run(*told) == 0
    office.mail("--week", WEEK)
    assert "配电箱未接地" not in PocketPage(attached(letter(post, "zhao"))["html"]).text
    office.run("leave", "zhang", "2026-03-13")
    assert office.run("issue", "--week", WEEK) == 0
    office.mail("--week", WEEK)
    assert "配电箱未接地" in PocketPage(attached(letter(post, "zhao"))["html"]).text


def test_the_form_comes_back(office: Office, post: Post) -> None:
    import openpyxl

    office.mail("--week", WEEK)
    path = office.folder / "back.xlsx"
    path.write_bytes(attached(letter(post, "zhao"))["xlsx"])
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    keys = [cell.value for cell in page[3]]
    row = next(row for row in page.iter_rows(min_row=5) if row[keys.index("safeplan:visit")].value)
    row[keys.index("safeplan:outcome")].value = "inspected"
    book.save(path)
    assert run("record", "import", path, "-p", office.plan, "--as", "王会计") == 0


def test_surprise_visits_are_shown_to_their_crew_alone(office: Office, post: Post) -> None:
    office.mail("--week", WEEK)
    surprises = office.issued().filter("surprise")
    assert len(surprises) == 4
    shown = 0
    for officer in ALL:
        text = plain(letter(post, officer)) + html(letter(post, officer))
        own = surprises.filter(pl.col("officers").list.contains(officer))
        shown += len(own)
        assert ("Surprise visits, tell nobody" in text) is bool(len(own))
        others = len(surprises) - len(own)
        assert f"{others} visits of others are not shown" in text
        if officer in ("sun", "qian", "li"):
            assert "飞行检查" not in text
    assert shown == len(surprises)


def test_leads_get_a_summary_of_what_is_below_them_and_cc_the_lot(office: Office, post: Post) -> None:
    office.mail("--week", WEEK)
    head, village, copied = (plain(letter(post, one)) for one in ("sun", "qian", "li"))
    assert "石桥镇: summary" in head and "石门村" in head
    assert "石门村" not in village.replace("石门村巡查", "")
    assert "石门村: summary" in copied and "All visits of the week" in copied and "All visits" not in head
    assert not attached(letter(post, "li"))


def test_a_letter_names_its_number_and_the_head_of_the_ledger(office: Office, post: Post) -> None:
    office.mail("--week", WEEK)
    mail = letter(post, "zhao")
    assert mail["Subject"] == "石桥镇2026年安全检查计划: roster of 9–15 Mar, no. 1"
    assert mail["From"] == "石桥镇安监站 <safety@example.org>" and mail["Reply-To"] == mail["From"]
    assert "1 events, head" in plain(mail)
    for secret in ("13800000000", "13900000001", "周经理"):
        assert secret not in plain(mail) + html(mail)


def test_a_second_roster_marks_what_is_new(office: Office, post: Post) -> None:
    office.mail("--week", WEEK)
    before = office.visits_of("zhao")
    assert run("leave", "zhao", "2026-03-09/2026-03-15", "-p", office.plan, "--today", FRIDAY) in (0, 1)
    assert office.run("issue", "--week", WEEK) == 0
    office.mail("--week", WEEK)
    assert not office.visits_of("zhao")
    assert counts(post) == dict.fromkeys(ALL, 2)
    gone, more, lead = (letter(post, one) for one in ("zhao", "zhang", "li"))
    assert str(gone["Subject"]).endswith("no. 2, replaces no. 1")
    assert gone["In-Reply-To"] == letter(post, "zhao", 0)["Message-ID"] != gone["Message-ID"]
    assert "No longer yours" in plain(gone) and "Your visits" not in plain(gone) and not attached(gone)
    text = plain(more)
    assert "It replaces no. 1" in text and ("other people" in text or "new" in text or "moved, was" in text)
    assert any(mark in plain(lead) for mark in ("other people", "moved, was", "No longer in the roster"))
    assert before


def test_a_refused_letter_is_tried_again_by_the_next_run(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    post.at_rcpt = lambda recipient, times: (
        "450 4.2.0 greylisted zhao" if recipient.startswith("zhao") and times < 2 else None
    )
    capsys.readouterr()
    assert office.mail("--week", WEEK) == 1
    assert "not taken by the server (450)" in capsys.readouterr().out
    assert counts(post) == dict.fromkeys(ALL - {"zhao"}, 1)
    office.mail("--week", WEEK)
    assert counts(post) == dict.fromkeys(ALL, 1)


def test_a_letter_that_may_have_arrived_goes_again_once_marked_and_is_reported(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    post.after_data = lambda recipient, times: "drop" if recipient.startswith("zhao") and times < 2 else None
    capsys.readouterr()
    assert office.mail("--week", WEEK) == 1
    assert "unsure" in capsys.readouterr().out
    office.mail("--week", WEEK)
    assert "sent once more, marked" in capsys.readouterr().out
    office.mail("--week", WEEK)
    assert counts(post) == {**dict.fromkeys(ALL, 1), "zhao": 2}
    first, second = letter(post, "zhao", 0), letter(post, "zhao", 1)
    assert first["Message-ID"] == second["Message-ID"]
    assert "may reach you twice" in plain(second) and "may reach you twice" not in plain(first)


def test_nothing_of_the_secret_is_said_or_kept(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    post.at_rcpt = lambda recipient, times: f"550 no {recipient}"
    capsys.readouterr()
    office.mail("--week", WEEK)
    monkeypatch.setenv("SAFEPLAN_DEBUG", "1")
    office.secret.write_text(f"smtps://{USER}:falsch-geheim@localhost:1", encoding="utf-8")
    assert office.mail("--week", WEEK) == 3
    said = "".join(capsys.readouterr())
    kept = b"".join(one.read_bytes() for one in office.folder.glob("safeplan.db*"))
    for secret in (PASSWORD, "falsch-geheim", f"{USER}:"):
        assert secret not in said and secret.encode() not in kept
    assert b"@example.org" not in kept and b"elsewhere.example" not in kept


def test_a_week_that_was_not_issued_is_refused_unless_it_is_to_be_issued(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.mail("--week", "2026-W12") == 2
    assert "safeplan issue --week 2026-W12" in capsys.readouterr().err
    assert not post.boxes
    assert office.mail("--week", "2026-W12", "--issue") in (0, 1)
    assert post.boxes and str(office.issued()["day"].min()) >= "2026-03-16"


@pytest.mark.parametrize("way", ["--dry-run", "--output"])
def test_letters_can_be_looked_at_before_and_nothing_is_sent_or_recorded(
    office: Office, post: Post, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    arguments = [way] if way == "--dry-run" else [way, office.folder / "letters"]
    office.secret.unlink()
    assert office.run("mail", "--week", WEEK, *arguments) == 0
    out = capsys.readouterr().out
    assert "elsewhere.example" in out and "马丽" in out
    assert not post.boxes and office.mails().is_empty()
    if way == "--dry-run":
        assert "To: 赵志刚 <zhao@example.org>" in out and "Your visits" in out
        return
    files = sorted((office.folder / "letters").iterdir())
    assert [one.name for one in files] == sorted(f"roster-1-{one}.eml" for one in ALL)
    for one in files:
        mail = message_from_bytes(one.read_bytes(), policy=policy.default)
        assert one.stem.endswith(str(mail["To"].addresses[0].username))


@pytest.mark.parametrize(
    ("today", "sent"),
    [
        pytest.param("2026-03-05", False, id="Thursday: not yet"),
        pytest.param("2026-03-06", True, id="Friday"),
        pytest.param("2026-03-08", True, id="Sunday: it was issued and is left over"),
        pytest.param("2026-03-16", False, id="the week is over"),
    ],
)
def test_it_goes_out_when_it_is_due(
    office: Office, post: Post, today: str, sent: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    code = office.mail("--if-due", "--quiet", today=today)
    assert bool(post.boxes) is sent
    if not sent:
        assert code == 0 and capsys.readouterr() == ("", "")
        return
    capsys.readouterr()
    assert office.mail("--if-due", "--quiet", today=today) == 0
    assert capsys.readouterr() == ("", "") and counts(post) == dict.fromkeys(ALL, 1)


def test_on_a_day_off_it_goes_out_the_working_day_before(tmp_path: Path, post: Post, server: Running) -> None:
    made = Office(tmp_path, PLAN.replace("classes:\n", "calendar: {days_off: [2026-03-06]}\nclasses:\n"))
    made.may_send(server)
    assert made.run("issue", "--week", WEEK, today="2026-03-04") == 0
    assert made.mail("--if-due", today="2026-03-04") == 0
    assert not post.boxes
    made.mail("--if-due", today="2026-03-05")
    assert counts(post) == dict.fromkeys(ALL, 1)


def test_a_due_week_that_nobody_issued_is_named_on_its_day_alone(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert office.mail("--if-due", "-q", today="2026-03-13") == 2
    assert "2026-W12" in capsys.readouterr().err
    office.mail("--if-due", "-q", today="2026-03-14")
    assert "W12" not in "".join(capsys.readouterr())


def test_that_the_plan_ends_is_said_on_the_day_on_which_a_roster_would_be_due(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert office.mail("--if-due", "-q", today="2026-12-31") == 2  # 1 January is off
    assert "safeplan init --next-year" in capsys.readouterr().err
    for later in ("2026-12-30", "2027-01-02", "2027-01-08"):
        assert office.mail("--if-due", "-q", today=later) == 0
    assert capsys.readouterr() == ("", "") and not post.boxes


def test_a_due_week_is_issued_and_sent(tmp_path: Path, post: Post, server: Running) -> None:
    made = Office(tmp_path)
    made.may_send(server)
    made.mail("--if-due", "--issue", "-q")
    assert counts(post) == dict.fromkeys(ALL, 1)


def test_a_due_week_without_visits_is_passed_over_in_silence(
    tmp_path: Path, post: Post, server: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PLAN[: PLAN.index("patrols:")] + PLAN[PLAN.index("campaigns:") :]
    made = Office(
        tmp_path, text.replace(", class: A", "").replace("2026-03-09, to: 2026-03-15", "2026-01-05, to: 2026-01-09")
    )
    made.may_send(server)
    capsys.readouterr()
    assert made.mail("--if-due", "--issue", "--quiet") == 0
    assert capsys.readouterr() == ("", "") and not post.boxes
    assert made.mail("--week", WEEK, "--issue") == 2


def test_an_interrupted_run_says_that_the_next_one_goes_on(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from safeplan.mail.smtp import Courier

    handed_over = Courier.hand_over

    def interrupted(self: Courier, message: bytes) -> None:
        handed_over(self, message)
        raise KeyboardInterrupt

    monkeypatch.setattr(Courier, "hand_over", interrupted)
    assert office.mail("--week", WEEK) == 130
    assert "the next run sends the others" in capsys.readouterr().err
    monkeypatch.setattr(Courier, "hand_over", handed_over)
    office.mail("--week", WEEK)
    assert counts(post) == {**dict.fromkeys(ALL, 1), "zhao": 2}
    assert "may reach you twice" in plain(letter(post, "zhao"))


def test_what_is_overdue_goes_to_those_who_answer_for_it_once_a_day(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("record", "visit", "Q1", "--day", "2026-03-02", "--by", "zhao", "-p", office.plan, "--as", "x") == 0
    capsys.readouterr()
    late = "2026-04-08"
    office.mail("--overdue", today=late)
    assert post.boxes
    first = counts(post)
    for officer in first:
        mail = letter(post, officer)
        assert "overdue" in str(mail["Subject"]) and "Visits not made" in plain(mail)
        assert "飞行检查" not in plain(mail)
    office.mail("--overdue", "-q", today=late)
    assert counts(post) == first
    office.mail("--overdue", today="2026-04-09")
    assert counts(post) == dict.fromkeys(first, 2)


def test_when_nothing_is_overdue_nobody_is_written_to(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert office.mail("--overdue", "--quiet", today="2026-01-02") == 0
    assert capsys.readouterr() == ("", "") and not post.boxes


@pytest.mark.parametrize(
    ("change", "arguments", "said"),
    [
        pytest.param(("mail:\n", "mail_:\n"), [], "", id="a misspelt section"),
        pytest.param(("  sender: 石桥镇安监站 <safety@example.org>\n", ""), [], "sender", id="no sender"),
        pytest.param(("safety@example.org", "safety"), [], "sender", id="a sender that is no address"),
        pytest.param(("  allow: [example.org]\n", ""), [], "allow", id="nobody is allowed"),
        pytest.param(("attach: [ics, xlsx, pocket]", "attach: [exe]"), [], "exe", id="an unknown attachment"),
        pytest.param(("", ""), ["--dry-run", "--output", "x"], "--dry-run", id="shown and written"),
        pytest.param(("", ""), ["--overdue", "--week", "next"], "--overdue", id="a digest of a week"),
        pytest.param(("", ""), ["--if-due", "--week", "next"], "--if-due", id="due and a week"),
        pytest.param(("", ""), ["--week", "2027-W30"], "2027-W30", id="outside the plan"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    tmp_path: Path, change: tuple[str, str], arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Office(tmp_path, PLAN.replace(*change) if change[0] else PLAN)
    assert made.mail(*(arguments or ["--week", WEEK])) == 2
    assert said in capsys.readouterr().err


def test_a_plan_without_mail_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Office(tmp_path, PLAN[: PLAN.index("mail:\n")])
    assert made.mail("--week", WEEK) == 2
    assert "mail: section" in capsys.readouterr().err
