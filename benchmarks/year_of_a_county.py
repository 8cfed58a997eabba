"""Measure a county's year by the command line, beside reading and writing the same files with Polars alone.

    python benchmarks/year_of_a_county.py --enterprises 100000 [--jobs 2] [--runs 3]

Prints a table: processor and wall seconds and peak memory of each whole process (medians), and the ratio. Machines are
noisy; the ratio of the same run is what can be compared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent

POLARS_ALONE = """
import sys
import polars as pl
register = pl.read_csv(sys.argv[1], infer_schema=False)
roster = pl.read_csv(sys.argv[2], infer_schema=False)
register.write_csv(sys.argv[3])
roster.write_csv(sys.argv[4])
"""


def measure(command: list[str]) -> tuple[float, float, float]:
    """Run a command; give its processor seconds, wall seconds and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command} failed: {process.stderr.read().decode() if process.stderr else ''}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def main() -> None:
    """Write the county, run both in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        county = Path(folder, "county")
        subprocess.run(
            [sys.executable, HERE / "make_county.py", "--enterprises", str(wishes.enterprises), "--out", county],
            check=True,
        )
        roster = Path(folder, "roster.csv")
        ours = [sys.executable, "-m", "safeplan", "schedule", str(county / "plan.yaml"), "--all", "--format", "csv"]
        ours += ["--output", str(roster), "--force", "--jobs", str(wishes.jobs)]
        theirs = [sys.executable, "-c", POLARS_ALONE, str(county / "enterprises.csv"), str(roster)]
        theirs += [str(Path(folder, "a.csv")), str(Path(folder, "b.csv"))]
        runs = [(measure(ours), measure(theirs)) for _ in range(wishes.runs)]
        visits = roster.read_bytes().count(b"\n") - 1
    print(f"{wishes.enterprises} enterprises, {visits} visits, {wishes.jobs} job(s), median of {wishes.runs}")
    print("| | processor s | wall s | peak MB |\n| --- | --- | --- | --- |")
    medians = []
    for name, which in (("safeplan schedule, CSV to CSV", 0), ("Polars reads and writes the same", 1)):
        cpu, wall, memory = (statistics.median(run[which][i] for run in runs) for i in range(3))
        medians.append((cpu, wall, memory))
        print(f"| {name} | {cpu:.1f} | {wall:.1f} | {memory:.0f} |")
    print("| ratio | " + " | ".join(f"{a / b:.1f}" for a, b in zip(*medians, strict=True)) + " |")


if __name__ == "__main__":
    main()
