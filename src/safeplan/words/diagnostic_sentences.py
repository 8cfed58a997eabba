"""One sentence for each code of a diagnostic that the plan's meaning brings; the raw reading has its own."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # -- keys and shapes
    "unknown-key": "the key {found} is not known here",
    "missing-key": "{found} is missing",
    "empty-value": "{key} is empty",
    "empty-cell": "the {found} of this row is empty",
    "not-a-mapping": "{key} must be a mapping of keys to values",
    "not-a-list": "{key} must be a list",
    "not-a-text": "{key} must be a single value, not a list or a mapping",
    "not-one-of": "{key} is '{found}'; it may be {expected}",
    "bad-value": "{key} cannot be '{found}'",
    "out-of-range": "{key} is {found}; it must be {expected}",
    "unknown-version": "format version {found} is not known; this safeplan reads {expected}",
    "placeholder": "{found} is a placeholder and is read as not set",
    "not-scheduled-yet": "{found} is read and checked, and not scheduled yet by this version",
    # -- values
    "bad-id": "'{found}' cannot be an id: an id has no slash, no white space and no invisible character",
    "bad-day": "'{found}' is not a day of the calendar; write 2026-03-01",
    "bad-days": "'{found}' names no days; write 2026-05-06/2026-05-12, 2026-06-03 pm, friday or monday am",
    "bad-span": "'{found}' is not a span of days; write 2026-02-25/2026-03-13",
    "bad-duration": (
        "'{found}' is not a length of time; write 10 days, 10 workdays or 3 months: the unit is never guessed"
    ),
    "bad-frequency": (
        "'{found}' does not say how often; write 1 per month, 2 per 3 weeks, 1 per the name of a season, or 2"
    ),
    "bad-share": "'{found}' is not a share; write 30%",
    "bad-location": "'{found}' is not a location; write [latitude, longitude]",
    "bad-selector": "'{found}' is not a selector; write column: value, column: [values], or any, all, not",
    "not-a-number": "{key} is '{found}', which is not a number",
    "not-a-whole-number": "{key} is '{found}', which is not a whole number",
    "not-a-truth-value": "{key} is '{found}'; write true or false",
    "reversed-dates": "{found} ends before it begins",
    "dated-twice": "two values begin on the same day ({found})",
    # -- references
    "unknown-class": "class '{found}' is not defined; the plan has {expected}",
    "unknown-grid": "grid '{found}' is not defined",
    "unknown-officer": "officer '{found}' is not defined",
    "unknown-team": "team '{found}' is not defined",
    "unknown-carrier": "'{found}' is neither a team nor a role of the grids",
    "unknown-owner": "'{found}' is neither an officer nor a role of the grids",
    "unknown-season": "season '{found}' is not defined",
    "unknown-enterprise": "enterprise '{found}' is not in the register",
    "unknown-column": "no enterprise has a column '{found}'",
    "unknown-heading": "the table has no column '{found}'; it has {expected}",
    "unknown-preset": "there is no preset '{found}'; there are {expected}",
    "unknown-country": "no official calendar is known for the country '{found}'",
    "ambiguous-name": "'{found}' is the name of several: {expected}; write an id",
    # -- ids
    "duplicate-id": "the id {found} is used twice; first in {first_file}, line {first_line}",
    "similar-ids": "the id {found} differs from {first} ({first_file}, line {first_line}) only by case or width",
    "duplicate-rule-id": "two rules have the id {found}; the first stands in line {first_line}",
    "id-is-role": "{found} is the name of a role and cannot be an id too",
    "grid-cycle": "these grids lie in a circle: {found}",
    # -- tables
    "missing-column": "the table has no column for {key}; it has {found}",
    "rounded-code": "{found} has lost its last digits: the spreadsheet kept it as a number",
    # -- the register
    "credit-code": "the check digit of the credit code {found} is wrong",
    "without-class": "{n} enterprises have no class and are never visited by one; the first is {found}",
    "without-grid": "{n} enterprises have no grid, so nobody serves them; the first is {found}",
    "unserved-grid": "nobody serves the grid {name}, in which {n} enterprises lie",
    # -- rules
    "nothing-to-drop": "no preset has a line {found}; there is nothing to drop",
    "cap-without-column": "per_year lists levels, and no column says where they stand",
    "level-not-in-table": "{n} enterprises have {key} {found}, which the table per_year does not list",
    "class-above-cap": "class {found} wants {wants} visits a year; the cap of {n} enterprises is {cap}",
    "rule-without-number": "{found} says no number of visits and brings none",
    "too-few-people": "{found} people are fewer than the {expected} that the family {family} asks",
    "too-long": "{name}: a visit takes {found} minutes with travel, and the longest day of any officer has {expected}",
    "no-officers": "the plan has rules and no officers",
    "no-crew": (
        "{found}: nobody can ever make this visit; {family} asks for {wants} people, {wants_certified} of them "
        "certified, and of those who may go ({people}) {certified} are certified"
    ),
    "empty-selector": "nothing in the register matches {found}",
    "no-day-in-unit": "{rule} allows no day in {period}, which therefore owes nothing",
    "provisional-year": "the holiday notice for {year} is not known; days of that year may still move: {found}",
    # -- people
    "certificate-ends": "the certificate of {name} ends on {day}, within the plan's period",
    "certificate-expired": "the certificate of {name} ended on {day}, before the plan begins",
    "officer-without-rules": "no rule can send {name}: a team covers the grids, and no role or pin names this officer",
    # -- pins
    "pin-day-and-window": "a pin has a day or a window, not both",
    "pin-says-nothing": "a pin says a day, a window or people",
    "pin-outside-period": "the pin {found} lies outside the plan's period",
    "pin-closed": "{found} cannot be visited from {first} to {last}: it is closed or not in operation",
    "pin-on-leave": "{name} is on leave on every day from {first} to {last}",
    "pin-recused": "{found} must not visit {name} (avoids)",
    "pin-contradicts": "{found} is both asked for and kept away",
    "pin-crew": "{family} asks for more than the pinned crew has: {people} people, {certified} certified",
}

HINTS: dict[str, str] = {
    "class-above-cap": "write family: patrol, or fewer visits a year",
    "unknown-key": "known here: {expected}",
    "missing-column": "one of {expected}, or map it with columns:",
    "rounded-code": "format the column as text in the spreadsheet and enter the code again",
    "credit-code": "with these digits it would be {suggestion}",
    "too-few-people": "leave people: out, or write a family that asks for fewer",
    "rule-without-number": "write visits: (a quota: at_least:)",
    "provisional-year": "enter the notice under calendar: statutory: when it comes",
    "duplicate-rule-id": "give one of them an id:",
    "level-not-in-table": "add the level to per_year; none: for enterprises without one",
    "no-crew": "add people or certificates, name others with by:, or write family: patrol",
    "unserved-grid": "add the grid, or one above it, to an officer's grids:",
}
