"""HTML pages as safeplan itself writes them: rosters of a street and of long names, an overdue list and a report."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import safeplan
from cli.plans import run
from cli.recording import Office
from safeplan.core.choice import Choice, Chosen, choose
from safeplan.core.tables import Schedule
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.views.roster import roster_document
from safeplan.words.language import Words

STREET = Path(__file__).parents[2] / "examples/plans/street.yaml"
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))
LONG = "湖北省青汀市汀洲区楚天联合精细化工新材料科技股份有限公司第三分公司危险化学品仓储物流中心（筹）"
ADDRESS = (
    "湖北省青汀市汀洲区青汀街道汀兰社区工业集中区"
    "兴业大道二段二百一十八号标准化厂房第三栋东单元四楼四零一室（原纺织机械配件厂旧址内第二间）"
)
HOSTILE = "<script>document.title='x'</script>&amp;\"'火锅店"
PLAN = f"""\
safeplan: 1
name: 隆盛镇2026年安全生产监督检查计划
period: 2026
language: zh-CN
classes:
  A: {{label: A类, visits: 1 per month, family: patrol}}
  B: {{label: B类, visits: 1 per quarter, family: patrol}}
teams: [{{id: t, name: 巡查中队}}]
grids:
  - {{id: zhen, name: 隆盛镇, level: 镇, roles: {{lead: zhou}}}}
  - {{id: dong, name: 东街村, level: 村, parent: zhen, roles: {{lead: zhang, coordinator: []}}}}
  - {{id: xi, name: 西街村, level: 村, parent: zhen, roles: {{lead: zhao, coordinator: [zhao]}}}}
  - {{id: xi1, name: 西街村一组, level: 组, parent: xi}}
staffing: [{{level: 村, roles: {{coordinator: 1}}}}]
officers:
  - {{id: zhao, name: 赵志刚, grids: [zhen], certificate: "1", teams: [t]}}
  - {{id: zhang, name: 张小梅, grids: [zhen], certificate: "2", teams: [t]}}
  - {{id: zhou, name: 周敏, grids: [zhen], certificate: "3", teams: [t]}}
  - {{id: zhou2, name: 周敏, grids: [xi1], certificate: "4", teams: [t]}}
enterprises:
  - {{id: E1, name: {LONG}, class: A, grid: dong, address: {ADDRESS}}}
  - {{id: E2, name: {json.dumps(HOSTILE, ensure_ascii=False)}, class: A, grid: xi1, address: 新街12号}}
  - {{id: E3, name: 小卖部, class: B, grid: xi, permits: [{{name: 食品经营许可证, expires: 2026-03-15}}]}}
  - {{id: E4, name: 楚天塑业有限公司, class: A, grid: xi, address: 工业区三号路}}
  - {{id: E5, name: 液化气站, class: A, grid: dong}}
patrols: [{{name: 夜巡, grids: [dong], visits: 1 per month}}]
activities:
  - {{name: 食品安全工作会议, kind: meeting, every: quarter, day: 2nd workday, owner: zhao}}
rectification:
  deadlines: {{general: 15 days, major: 30 days}}
  reinspect: {{within: 10 workdays, from: earlier}}
  overdue: [{{after: 0 days, step: 督促, to: zhao}}, {{after: 10 days, step: 挂牌督办, to: lead}}]
targets:
  - {{name: A类覆盖率, measure: coverage, at_least: 100%}}
"""


@cache
def street() -> Schedule:
    """Give the year of the street that stands in the examples."""
    return safeplan.schedule(safeplan.read_plan(STREET), today=QUARTER[0])


def of_street(officer: int | None = None, grid: int | None = None, days: tuple[date, date] = QUARTER) -> Chosen:
    """Give a part of it; officer and grid are codes."""
    return choose(street(), Choice(*days, officer=officer, grid=grid))


def write_pages(folder: Path) -> dict[str, Path]:
    """Write the roster of the street's first quarter, and with the command line the pages of an office's ledger."""
    pages = {name: folder / f"{name}.html" for name in ("street", "roster", "overdue", "report")}
    pages["street"].write_bytes(DOCUMENT_FORMATS["html"].render(roster_document(of_street(), Words("zh_CN"))))
    office = Office(folder, PLAN)
    assert run("schedule", office.plan, "--quarter", "Q1", "--today", "2026-01-01", "-o", pages["roster"]) == 0
    told = (
        ("visit", "E1", "--day", "2026-01-05", "--by", "zhao,zhang", "--finding", "配电箱未接地，线路私拉乱接，" * 5),
        ("visit", "E2", "--day", "2026-01-06", "--by", "zhao,zhou", "--finding", "major: 安全出口上锁"),
        ("visit", "E4", "--day", "2026-02-09", "--by", "zhang,zhou2", "--finding", "灭火器失效"),
        ("reinspection", "F6", "pass", "--day", "2026-02-20"),
        ("visit", "E5", "--day", "2026-03-02", "--by", "zhou2", "--finding", "major: 储罐区堆放杂物"),
    )
    for arguments in told:
        assert office.record(*arguments) == 0, arguments
    assert run("overdue", office.plan, "--as-of", "2026-04-20", "-o", pages["overdue"]) == 1
    assert run("report", "-p", office.plan, "--quarter", "Q1", "-o", pages["report"]) == 0
    return pages
