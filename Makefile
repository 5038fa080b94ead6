# Calmdesk. The two commands a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready-run
DEV_STAMP := $(VENV)/.ready-dev

.DEFAULT_GOAL := help
.PHONY: help run serve test lint types check bench lock clean browser

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Calmdesk needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet uv

$(STAMP): requirements/run.lock pyproject.toml | $(BIN)/uv
	@echo "Setting up Calmdesk (once) ..."
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/run.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@

$(DEV_STAMP): requirements/dev.lock pyproject.toml | $(BIN)/uv
	@echo "Setting up Calmdesk and its tests (once) ..."
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@ $(STAMP)

run: $(STAMP) ## Serve the demo desk on http://127.0.0.1:8000
	@$(BIN)/calmdesk demo

serve: $(STAMP) ## Serve a real desk
	@$(BIN)/calmdesk serve

browser: $(DEV_STAMP) ## Make sure that a browser for the page tests is there
	@$(BIN)/python tests/ensure_browser.py

test: $(DEV_STAMP) browser ## Run every test
	@$(BIN)/pytest

lint: $(DEV_STAMP) ## ruff, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: $(DEV_STAMP) ## mypy --strict
	@$(BIN)/mypy

check: lint types ## Everything static

bench: $(DEV_STAMP) ## Print the measured figures
	@$(BIN)/python -m bench

lock: $(BIN)/uv ## Renew requirements/*.lock from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements/dev.lock

clean: ## Remove the environment and the demo's data
	rm -rf $(VENV) var
