# One command each: `make help` lists them.
PYTHON ?= python3.11
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.installed
CODE = agent_client bench demo faces schemas scripts server sync tests

.DEFAULT_GOAL := help
.PHONY: help demo test check bench lock clean

help: ## Show the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

$(STAMP): requirements/dev.txt setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: $(STAMP) ## Run three laptops and an office on this machine (ONCE=1: end by itself)
	$(BIN)/python -m demo $(if $(ONCE),--once)

test: $(STAMP) ## Run all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

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
