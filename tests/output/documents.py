"""Documents that the tests of the formats share."""

from __future__ import annotations

from datetime import date, timedelta

from safeplan.document import Chart, Column, Document, Facet, Note, Section, Table, Tone

HOSTILE = {
    "brackets": "丙厂[/东区]",
    "rich markup": "[red]x[/red] [bold",
    "formula": "=cmd|' /C calc'!A0",
    "full-width formula": "＝1+1",
    "html": "<script>alert(1)</script>&amp;\"'",
    "cdata end": "]]>--><!--",
    "jinja": "{{ 7*7 }}{% raw %}",
    "pipes": "a|b\\|c `x` *y* _z_ ~~w~~",
    "heading": "# 1. - + > =",
    "long": "很长的名字" * 60,
    "emoji": "老张火锅🔥店",
    "leading zeros": "0012",
    "number": "1e3",
    "url": "http://example.org/x",
    "excel footer": "&P &D &amp",
}
UNSEEN = {
    "right-to-left override": ("企业\u202etxt.exe", "企业⟨U+202E⟩txt.exe"),
    "newline": ("上\r\n\n 下", "上 下"),
    "tab": ("a\tb", "a b"),
    "line separator": ("a\u2028b", "a b"),
    "null and escape": ("a\0\x1b[31mb", "a⟨U+0000⟩⟨U+001B⟩[31mb"),
    "zero width": ("东\u200b街\ufeff", "东⟨U+200B⟩街⟨U+FEFF⟩"),
    "lone surrogate": ("x\ud800y", "x⟨U+D800⟩y"),
    "not a character": ("x\uffffy", "x⟨U+FFFF⟩y"),
    "bidi isolate": ("\u2066a\u2069", "⟨U+2066⟩a⟨U+2069⟩"),
    "tag": ("a\U000e0041b", "a⟨U+E0041⟩b"),
}

COLUMNS = (
    Column("date", "日期"),
    Column("weekday", "星期"),
    Column("crew", "检查组"),
    Column("order", "序号", align="right"),
    Column("enterprise", "企业名称"),
    Column("village", "村（社区）"),
    Column("address", "地址"),
    Column("rule", "检查依据"),
    Column("minutes", "分钟", align="right"),
)


def roster_document(language: str = "zh_CN") -> Document:
    """Give three weeks of visits by two crews, an unplaced section and a year's heat map."""
    names = [name for key, name in HOSTILE.items() if key != "long"] + ["楚天塑业有限公司", "隆盛农贸市场"]
    rows = []
    day = date(2026, 3, 2)
    while len(rows) < 42:
        if day.weekday() < 5:
            for crew, count in (("王强、李芳", 2), ("刘敏、赵大伟", 1)):
                for order in range(1, count + 1):
                    n = len(rows)
                    village, rule = ("东街村", "西街村")[n % 2], ("A类每月", "今冬明春大排查大整治；A类每月")[n % 2]
                    weekday = "周" + "一二三四五"[day.weekday()]
                    address = f"隆盛镇工业集中区兴业大道二段{n}号标准化厂房3栋1楼"
                    rows.append((day, weekday, crew, order, names[n % len(names)], village, address, rule, 60))
        day += timedelta(days=1)
    roster = Table(
        COLUMNS,
        rows,
        group=("date", "weekday", "crew"),
        tones=[Tone.WARNING if n == 5 else Tone.PLAIN for n in range(len(rows))],
        sheet="检查安排",
        signatures=("检查人员签名", "审核"),
    )
    unplaced = Table(
        (Column("id", "任务"), Column("from", "起"), Column("to", "止"), Column("reason", "原因")),
        [("class-A/E0001/2026-03/1", date(2026, 3, 1), date(2026, 3, 31), "东街村：应排97次，可排80次，缺17次。" * 3)],
        sheet="未排",
        tones=[Tone.BAD],
    )
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    heat = Chart("heat", "每日检查量", days, tuple(float(d.toordinal() * 7 % 13) for d in days), "次", 11.0)
    bars = Chart("bars", "人员工作量", ("王强", "李芳"), (120.0, 80.5), "次", 110.0)
    summary = Table(
        (Column("name", "项目"), Column("n", "数量", align="right")), [("检查次数", 42), ("未排", 1)], "概要"
    )
    return Document(
        "隆盛镇2026年监督检查计划",
        language,
        (
            Section("概要", (Note("1 次未排", Tone.WARNING),), (heat, bars), (summary,)),
            Section("检查安排", tables=(roster,)),
            Section("未排", (Note("无法安排", Tone.BAD),), tables=(unplaced,)),
        ),
        head=(Note("2027年为暂定。", Tone.WARNING),),
        foot=(Note("3 次检查未显示", Tone.QUIET),),
        made_on=date(2026, 3, 1),
        brief=("3月2日（周一）王强、李芳：①楚天塑业 ②隆盛农贸市场",),
    )


def small_document() -> Document:
    """Give a document that fits on a screen, for golden files; in English, so that no catalogue decides."""
    table = Table(
        (
            Column("date", "Day"),
            Column("crew", "Crew"),
            Column("enterprise", "Enterprise"),
            Column("n", "Min", "right"),
        ),
        [
            (date(2026, 3, 2), "王强、李芳", "丙厂[/东区]", 60),
            (date(2026, 3, 2), "王强、李芳", "=1+1|x", 45),
            (date(2026, 3, 3), "王强、李芳", "<b>店</b>", None),
        ],
        group=("date", "crew"),
        signatures=("Signed",),
    )
    chart = Chart("bars", "Load", ("王强", "Li"), (4.0, 2.0), "visits", 3.0)
    week = tuple(date(2026, 3, 2) + timedelta(days=n) for n in range(5))
    heat = Chart("heat", "Year", week, (0.0, 1.0, 2.0, 3.0, 9.0), "visits", 8.0)
    return Document(
        "Roster",
        "en",
        (Section("Load", charts=(chart, heat)), Section("Visits", (Note("1 unplaced", Tone.BAD),), tables=(table,))),
        foot=(Note("2 visits not shown"),),
        made_on=date(2026, 3, 1),
    )


def one_cell(text: str) -> Document:
    """Give a document that says one text wherever a text may stand."""
    table = Table(
        (Column("date", text), Column("name", "name")),
        [(date(2026, 3, 2), text), (date(2026, 3, 3), text)],
        title=text,
        group=("date",),
        sheet=text,
        signatures=(text,),
        facets=([(0,), (1,)],),
    )
    chart = Chart("bars", text, (text, "b"), (1.0, 2.0), text)
    section = Section(text, (Note(text),), (chart,), (table,))
    return Document(text, "en", (section,), (Note(text),), (Note(text),), facets=(Facet(text, (text, "b")),))
