"""Ways of breaking the activities of a good schedule."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

from .mutations import Mutation, Schedule
from .violation import Case

Entry = dict[str, Any]


def _change(wanted: Callable[[Case, Entry], bool], change: Callable[[Case, Entry], Any]) -> Callable:
    def make(case: Case) -> Schedule | None:
        broken = copy.deepcopy(case.schedule)
        found = next((one for one in broken["activities"] if wanted(case, one)), None)
        if found is None:
            return None
        change(case, found)
        return broken

    return make


def _m(name: str, make: Callable[[Case], Schedule | None], breaks: str) -> Mutation:
    return Mutation(name, frozenset({breaks}), make)


def _any(case: Case, one: Entry) -> bool:
    return True


def _is_duty(case: Case, one: Entry) -> bool:
    return one["kind"] == "duty"


def _next_day(key: str, step: int) -> Callable[[Case, Entry], None]:
    def change(case: Case, one: Entry) -> None:
        one[key] = str(dt.date.fromisoformat(one[key]) + dt.timedelta(days=step))

    return change


def _lost(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    return broken if broken["activities"] and broken["activities"].pop() else None


def _twice(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    broken["activities"] += broken["activities"][-1:]
    return broken if broken["activities"] else None


def _backwards(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    broken["activities"].reverse()
    return broken if broken["activities"] != case.schedule["activities"] else None


def _always_the_same(case: Case) -> Schedule | None:
    """The first two days of duty by one person, where two take turns."""
    broken = copy.deepcopy(case.schedule)
    duty = [one for one in broken["activities"] if one["kind"] == "duty"]
    if len(duty) < 2 or duty[0]["owners"] == duty[1]["owners"]:
        return None
    duty[1]["owners"] = list(duty[0]["owners"])
    return broken


ACTIVITY_MUTATIONS = (
    _m("an activity forgotten", _lost, "activity-lost"),
    _m("an activity listed twice", _twice, "activity-twice"),
    _m("an activity that nobody asked for", _change(_any, lambda c, one: one.update(id=one["id"] + "0")),
       "activity-invented"),
    _m("an activity of another part", _change(_any, lambda c, one: one.update(id=one["id"][:-1] + "9")),
       "activity-invented"),
    _m("an activity due a day late", _change(_any, _next_day("due", 1)), "activity-day"),
    _m("an activity due a day early", _change(_any, _next_day("due", -1)), "activity-day"),
    _m("an activity that begins a day late", _change(_any, _next_day("from", 1)), "activity-day"),
    _m("activities out of order", _backwards, "activity-order"),
    _m("an activity without its owner", _change(lambda c, one: bool(one["owners"]) and one["kind"] != "duty",
                                                lambda c, one: one["owners"].pop()), "activity-owner"),
    _m("an activity of a stranger", _change(_any, lambda c, one: one["owners"].append("nobody")), "activity-owner"),
    _m("two on duty where one is asked", _change(_is_duty, lambda c, one: one["owners"].append("wang")),
       "activity-owner"),
    _m("duty always by the same", _always_the_same, "activity-turns"),
    _m("an activity of another kind", _change(_any, lambda c, one: one.update(kind="party")), "activity-facts"),
    _m("an activity in no grid", _change(lambda c, one: one["grid"], lambda c, one: one.update(grid=None)),
       "activity-facts"),
    _m("an activity of another enterprise", _change(lambda c, one: one["enterprise"],
                                                    lambda c, one: one.update(enterprise="E99")), "activity-facts"),
)  # fmt: skip
