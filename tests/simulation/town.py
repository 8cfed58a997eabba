"""The plan of the town whose year is simulated: 52 enterprises, and rules of most kinds."""

from __future__ import annotations

from typing import Any

GRIDS = ("dong", "xi", "bei")
SECTORS = ("machinery", "fire", "chemicals", "catering")
_CLASSES = "A" * 10 + "B" * 22 + "C" * 14 + "D" * 6
FAST = "fire"
"""The sector whose reinspections are due within 3 working days of the request."""


def _enterprise(number: int, class_: str) -> dict[str, Any]:
    tags = [tag for tag, each in (("flood-risk", 5), ("crowded-place", 7)) if number % each == 0]
    return {
        "id": f"E{number:02}", "name": f"企业{number:02}", "class": class_, "grid": GRIDS[number % 3],
        "sector": SECTORS[number % 4], "tags": tags, "risk": number * 7 % 31,
    }  # fmt: skip


ENTERPRISES = tuple(_enterprise(number, class_) for number, class_ in enumerate(_CLASSES, start=1))
SECTOR_OF = {one["id"]: one["sector"] for one in ENTERPRISES}

TOWN: dict[str, Any] = {
    "safeplan": 1,
    "name": "模拟镇2026年安全生产监督检查计划",
    "period": 2026,
    "ledger": {"since": "2026-01-01"},
    "grids": [
        {"id": "zhen", "name": "模拟镇", "level": "镇", "roles": {"lead": "zhang"}},
        *(
            {"id": id_, "name": name, "level": "村", "parent": "zhen", "roles": {"lead": "chen", "coordinator": who}}
            for id_, name, who in (("dong", "东村", "huang"), ("xi", "西村", "sun"), ("bei", "北村", "gao"))
        ),
    ],
    "officers": [
        {"id": "zhang", "name": "张建国"},
        *(
            {"id": id_, "name": name, "grids": ["zhen"], "certificate": str(at)}
            for at, (id_, name) in enumerate((("liu", "刘敏"), ("wang", "王强"), ("li", "李芳"), ("zhao", "赵刚")))
        ),
        {"id": "chen", "name": "陈立"},
        *({"id": id_, "name": name} for id_, name in (("huang", "黄秀英"), ("sun", "孙国良"), ("gao", "高亮"))),
    ],
    "enterprises": list(ENTERPRISES),
    "classes": {
        "A": {"visits": "1 per month", "family": "patrol"},
        "B": {"visits": "1 per quarter", "family": "patrol"},
        "C": {"visits": "1 per half-year"},
        "D": {"visits": "2 per half-year", "min_gap": "30 days", "minutes": 120},
    },
    "priorities": {
        "Q1": [{"name": "节后复工", "where": {"sector": "fire"}, "window": "2026-02-25/2026-03-13", "visits": 1}],
        "M06": [
            {"name": "安全月抽查", "where": {"sector": "chemicals"}, "visits": 1, "family": "supervision",
             "by": "lead"},
        ],
        "Q3": [{"name": "飞行检查", "where": {"tags": "flood-risk"}, "visits": 1, "surprise": True}],
    },
    "campaigns": [
        {
            "name": "重点单位整治",
            "pick": {"at_least": 2, "per": "grid", "order": "risk"},
            "phases": [{"name": "整治", "from": "2026-03-01", "to": "2026-11-30", "visits": 3, "family": "patrol"}],
        },
        {
            "name": "餐饮整治",
            "where": {"sector": "catering"},
            "phases": [
                {"name": "摸底", "from": "2026-09-01", "to": "2026-10-16", "visits": 1, "family": "patrol"},
                {
                    "name": "提高", "from": "2026-12-01", "to": "2027-01-31", "visits": 1, "share": "30%",
                    "family": "patrol",
                },
            ],
        },
    ],
    "patrols": [
        {"name": "村巡查", "grids": {"level": "村"}, "visits": "2 per month", "min_gap": "7 days", "by": "coordinator"},
        {"name": "假日巡查", "grids": {"level": "镇"}, "visits": "1 per day", "days": "holidays", "by": "lead"},
    ],
    "holidays": [
        {"name": "节前检查", "before": ["labour-day", "national-day"], "within": "8 workdays", "visits": 1,
         "where": {"tags": "crowded-place"}, "family": "patrol"},
    ],
    "activities": [
        {"name": "信息报送", "kind": "report", "rrule": "FREQ=MONTHLY;BYMONTHDAY=25", "owner": "huang"},
        {"name": "安全例会", "kind": "meeting", "every": "quarter", "day": "2nd workday", "owner": "zhang"},
        {"name": "责任书", "kind": "letter", "each": {"grids": {"level": "村"}}, "due": "2026-01-30", "owner": "lead"},
    ],
    "rectification": {
        "deadlines": {"general": "15 days", "major": "30 days"},
        "reinspect": {
            "within": "10 workdays", "from": "earlier",
            "sectors": {FAST: {"within": "3 workdays", "from": "request"}},
        },
        "overdue": [
            {"after": "0 days", "step": "督促", "to": "coordinator"},
            {"after": "10 days", "step": "挂牌督办", "to": "lead"},
            {"after": "30 days", "step": "提请关闭取缔", "to": "zhang"},
        ],
    },
    "retry": {"closed": "5 workdays", "refused": "2 workdays"},
}  # fmt: skip
