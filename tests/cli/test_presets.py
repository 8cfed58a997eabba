"""`safeplan presets` lists them and prints one."""

from __future__ import annotations

import pytest

from cli.plans import run

Capture = pytest.CaptureFixture[str]


def test_the_presets_are_listed(capfd: Capture):
    assert run("presets") == 0
    lines = {line.split()[0]: line for line in capfd.readouterr().out.splitlines() if line.strip()}
    assert lines["seed-abc"].endswith("not verified")
    assert lines["flood-henan"].endswith(" verified") and "not" not in lines["flood-henan"].split()[-2:]
    assert lines["reinspect"].endswith("4 of 5 verified")


def test_one_is_printed_as_it_is_shipped(capfd: Capture):
    assert run("presets", "seed-abc") == 0
    assert "classes:" in capfd.readouterr().out


def test_an_unknown_one_names_those_there_are(capfd: Capture):
    assert run("presets", "nothing") == 2
    assert "seed-abc" in capfd.readouterr().err
