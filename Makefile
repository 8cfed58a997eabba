# Two commands do all the set-up: `make demo` (the main job) and `make test` (the whole suite).
PYTHON ?= python3
BIN = .venv/bin

.PHONY: demo test lint docs clean

demo: .venv/.done-install
	$(BIN)/safeplan schedule examples/plans/street.yaml --week 2026-W11

test: .venv/.done-test
	$(BIN)/python -m pytest -n auto --dist worksteal --durations=15

lint: .venv/.done-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The pages of docs/reference that are made from the program, and what of the seed plans is covered.
docs: .venv/.done-install
	$(BIN)/python docs/generate_reference.py
	$(BIN)/python docs/generate_coverage.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

# The catalogues are compiled by the install, so a changed one asks for a new install.
.venv/.done-install: pyproject.toml hatch_build.py $(wildcard src/safeplan/words/locale/*/LC_MESSAGES/*.po) | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/.done-test: .venv/.done-install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

.venv/.done-lint: .venv/.done-install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[lint]'
	touch $@

clean:
	rm -rf .venv build dist
