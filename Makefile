# One command each: `make help` lists them.
PYTHON ?= python3.11
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.installed
# The browser's tests run where they, or no others, are named.
BROWSER = $(if $(filter tests/%,$(TESTS)),$(filter tests/ tests/browser%,$(TESTS)),all)
CODE = agent_client bench demo faces schemas scripts server sync tests

.DEFAULT_GOAL := help
.PHONY: help demo test test-core screens check bench lock clean

help: ## Show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/'

$(STAMP): requirements/dev.txt setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: $(STAMP) ## Run three laptops and an office on this machine (ONCE=1: end by itself)
	$(BIN)/python -m demo $(if $(ONCE),--once)

test: $(STAMP) ## Run all tests; adds Chromium for the browser's where it may
	$(if $(BROWSER),$(BIN)/python scripts/ensure_chromium.py)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

test-core: $(STAMP) ## Run all tests but the browser's
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/browser $(TESTS)

screens: $(STAMP) ## Make the pictures in docs/screens again
	$(BIN)/python scripts/ensure_chromium.py
	LORONG_SCREENS=1 $(BIN)/python -m pytest tests/browser

check: $(STAMP) ## Check style, types and floors
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## Measure; prints figures, asserts nothing
	$(BIN)/python -m bench

lock: $(STAMP) ## Pin again what is installed, with hashes
	$(BIN)/python scripts/lock.py

clean: ## Remove the environment and caches
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache build *.egg-info
