"""Checks of the register: credit codes, enterprises without class or grid, grids that nobody serves."""

from __future__ import annotations

import polars as pl

from safeplan.plan.plan import Plan
from safeplan.reading.check_people import serving
from safeplan.reading.enterprises import Register
from safeplan.reading.findings import Findings
from safeplan.terms.diagnostic import warning

_CREDIT_CODE = "^[0-9A-HJ-NPQRTUWXY]{18}$"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_register(plan: Plan, register: Register, findings: Findings) -> None:
    """Warn of what in the register is surely not meant."""
    _credit_codes(register, findings)
    _without(plan, register, "class", bool(plan.file.classes), plan.class_spans["enterprise"], findings)
    _without(plan, register, "grid", bool(plan.file.grids), plan.grid_spans["enterprise"], findings)
    _unserved(plan, register, findings)


def _credit_codes(register: Register, findings: Findings) -> None:
    """Warn of unified credit codes whose check digit is wrong (GB 32100-2015)."""
    written = register.frame["credit_code"]
    suspects = (written != "") & ~check_digits(written)
    for at in suspects.fill_null(False).arg_true().to_list():
        code = written[at]
        expected = _expected(code)
        findings.add(warning("credit-code", register.place(at, "credit_code"), found=code, suggestion=expected))


def check_digits(codes: pl.Series) -> pl.Series:
    """Say of each code whether it is a unified credit code with a right check digit, by whole columns.

    The 18th digit is 31 less the sum of the first 17 digits' values, weighted by the powers of 3, modulo 31. A property
    test holds it against python-stdnum.
    """
    plain = codes.str.to_uppercase().str.strip_chars()
    right = plain.str.contains(_CREDIT_CODE)
    frame = plain.set(~right, None).alias("code").to_frame()
    values = {letter: value for value, letter in enumerate(_ALPHABET)}
    digit = [
        pl.col("code").str.slice(i, 1).replace_strict(values, default=None, return_dtype=pl.Int64) for i in range(18)
    ]
    total = pl.sum_horizontal([digit[i] * (3**i % 31) for i in range(17)])
    return frame.select(((31 - total % 31) % 31 == digit[17]).fill_null(False).alias("right")).to_series()


def _expected(code: str) -> str | None:
    """Give the code with the check digit that its first 17 digits ask for; None when they are no such digits."""
    from stdnum.cn import uscc

    plain = code.strip().upper()
    if len(plain) != 18 or any(letter not in _ALPHABET for letter in plain[:17]):
        return None
    return plain[:17] + str(uscc.calc_check_digit(plain[:17]))


def _without(plan: Plan, register: Register, key: str, asked: bool, have: pl.Series, findings: Findings) -> None:
    """Warn once of enterprises that have no class, or no grid."""
    if not asked:
        return
    planned = plan.enterprises.select(enterprise=pl.int_range(pl.len(), dtype=pl.Int32), planned="planned")
    lacking = planned.filter("planned").join(have.unique().to_frame(), on="enterprise", how="anti")["enterprise"].sort()
    refused = register.frame["class_" if key == "class" else "grid"]
    lacking = lacking.filter(refused.gather(lacking) == 0)  # what was written and not understood was said already
    if len(lacking):
        at = int(lacking[0])
        findings.add(
            warning(f"without-{key}", register.place(at), found=str(plan.enterprises["id"][at] or ""), n=len(lacking))
        )


def _unserved(plan: Plan, register: Register, findings: Findings) -> None:
    """Warn once for each grid that has enterprises and nobody who serves it."""
    if not plan.file.grids:
        return
    counts = plan.grid_spans.group_by("grid").agg(n=pl.col("enterprise").n_unique(), at=pl.col("enterprise").min())
    for grid, n, at in counts.sort("grid").iter_rows():
        if not serving(plan, grid):
            found = plan.file.grids[grid]
            findings.add(warning("unserved-grid", register.place(at, "grid"), found=found.id, name=found.name, n=n))
