# Lookout 瞭望. Without make (Windows): the same commands stand in README.md.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
# More words for the command behind a target: make demo ARGS=--check
ARGS ?=
# Processes that share the tests: each sets up servers, windows and cameras of its own.
TESTERS := -n logical --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench soak check lint lock fonts

help: ## Say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

setup: ## Everything into .venv, developer tools too; a second run ends at once
	@$(PYTHON) packaging/setup_env.py

demo: setup ## The desk with a living town, cameras and devices (ARGS=--check: without a person)
	@$(BIN)/lookout demo $(ARGS)

test: setup ## The tests, on an invisible screen
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(TESTERS) $(ARGS)

bench: setup ## Measure, and write docs/performance.md; twenty minutes on a quiet machine
	@$(BIN)/python -m tests.bench.page $(ARGS)

soak: setup ## The long runs (ARGS="--minutes 3" for shorter ones)
	@$(BIN)/python -m tests.soak fuzz --minutes 10 $(ARGS)
	@$(BIN)/python -m tests.soak day $(ARGS)
	@$(BIN)/python -m tests.soak tours $(ARGS)
	@$(BIN)/python -m tests.soak week

check: lint test ## Format, lint, types, import directions, tests

lint: setup ## The same without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: ## The lock files again, from pyproject.toml (ARGS=--upgrade: newest versions)
	@$(PYTHON) packaging/lock.py $(ARGS)

fonts: ## The fonts that ship, again, from Debian's fonts-noto-cjk
	@$(PYTHON) packaging/make_fonts.py
