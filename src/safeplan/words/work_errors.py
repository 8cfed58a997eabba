"""Sentences for what a person asked and cannot be done (`work/errors.py`)."""

from __future__ import annotations

WORK_ERRORS: dict[str, str] = {
    "no-plan": "no plan: there is neither safeplan.yaml nor plan.yaml here; name one, or start with: safeplan init",
    "two-plans": "both safeplan.yaml and plan.yaml are here; say which one",
    "plan-not-there": "there is no file {path}",
    "plan-is-a-folder": "{path} is a folder; name the plan file in it",
    "plan-there": "{path} is a plan already; choose another folder",
    "register-errors": "the register cannot be used (errors: {n}); nothing was written",
    "plan-errors": "the plan has errors ({n}); nothing was scheduled",
    "unknown-officer": "there is no officer {asked}",
    "unknown-grid": "there is no grid {asked}",
    "unknown-thing": "nothing in the plan is called {asked}: no enterprise, visit, officer, grid or day",
    "suggestion": "{sentence}; did you mean {choices}?",
    "ambiguous": "{asked} can be any of: {choices}",
    "ambiguous-many": "{asked} can be any of {n}, among them: {choices}",
    "bad-day": "{asked} is no day; write 2026-03-09",
    "bad-week": "{asked} is no week; write 2026-W11, this, next, or a day of it",
    "bad-month": "{asked} is no month; write 2026-03, 3, this or next",
    "bad-quarter": "{asked} is no quarter; write Q2, 2026-Q2, this or next",
    "not-in-period": "{asked} lies outside the plan's period, {first} to {last}",
    "reversed-days": "the first day, {first}, comes after the last, {last}",
    "several-spans": "give one of --week, --month, --quarter, or --from and --to",
    "unknown-format": "there is no format {asked}; there are: {known}",
    "unknown-suffix": "no format is known by the ending of {path}; add --format, one of: {known}",
    "binary-to-terminal": "{format} is no text for a screen; write it into a file with --output",
    "excel-needs-csv": "--excel is a form of CSV; write --format csv, or a file that ends in .csv",
    "bad-jobs": "--jobs is a number from 1 up",
    "unknown-language": "there is no language {asked}; there are: zh-CN, en",
    "unknown-preset": "there is no preset {asked}; there are: {known}",
}
