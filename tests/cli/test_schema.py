"""`safeplan schema` prints a JSON Schema."""

from __future__ import annotations

import json

import pytest

from cli.plans import run


def test_the_schema_is_json_and_names_the_keys(capfd: pytest.CaptureFixture[str]):
    assert run("schema") == 0
    schema = json.loads(capfd.readouterr().out)
    assert "enterprises" in schema["properties"]
