# Every verb sets up first what is missing; with nothing to do that takes no time.
PYTHON := .venv/bin/python
.PHONY: help setup demo demo-reset run stop test fast check fix bench faults pictures

help:
	@echo "make demo        an invented county on http://127.0.0.1:8000/ (PORT=… for another port)"
	@echo "make demo-reset  the same, begun anew"
	@echo "make run         web server and worker over the data that you have"
	@echo "make stop        stop the embedded database, should it still run"
	@echo "make setup       the set-up alone"
	@echo "make check       style, types, layers, translations, migrations"
	@echo "make fix         what of that can be put right by itself"
	@echo "make fast        the tests, without browser and slow ones"
	@echo "make test        all tests"
	@echo "make faults      the long runs: state machines, races, the largest imports"
	@echo "make bench       measurements, by hand and before a release"
	@echo "make pictures    the pictures in docs/pictures, taken anew"

setup:
	@sh tools/bootstrap.sh

demo: setup
	@$(PYTHON) -m evenhand demo

demo-reset: setup
	@$(PYTHON) -m evenhand demo --reset

run: setup
	@$(PYTHON) -m evenhand demo --no-fill

stop: setup
	@$(PYTHON) -m evenhand database stop

test: setup
	@sh tools/ensure_chromium.sh
	@$(PYTHON) -m pytest -n 2

fast: setup
	@$(PYTHON) -m pytest -n 2 --ignore=tests/browser -m "not browser and not slow"

check: setup
	@$(PYTHON) tools/check.py

fix: setup
	@$(PYTHON) -m ruff check --fix-only --quiet .
	@$(PYTHON) -m ruff format --quiet .

bench: setup
	@for each in bench/*.py; do $(PYTHON) $$each || exit 1; done

faults: setup
	@$(PYTHON) -m pytest -n 2 --ignore=tests/browser -m slow

pictures: setup
	@sh tools/ensure_chromium.sh
	@$(PYTHON) tools/pictures.py
