# Every command of nnlab. Each sets up what it needs in .venv, once for each state of the requirements.

VENV := .venv
PY := $(VENV)/bin/python
DENO := DENO_NO_UPDATE_CHECK=1 $(VENV)/bin/deno
SCHEMA := $(VENV)/bin/check-jsonschema --quiet --builtin-schema
UV := uv==0.13.9

# A stamp's name tells what was installed, and where: changed requirements or a moved folder make a new one.
state = $(shell (pwd; cat $(1)) | cksum | cut -d' ' -f1)
RUN_STAMP := $(VENV)/installed-$(call state,requirements.txt)
DEV_STAMP := $(VENV)/installed-$(call state,requirements-dev.txt)

PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
# Served in place of make's shell, so that Ctrl-C reaches gunicorn alone
SERVE := exec $(PY) -m nnlab serve
WITH_BROWSER = NNLAB_CHROMIUM="$$($(PY) -m tools.browser)"

.PHONY: help run classroom test lint types unit coverage browser browser-tests bench image-check lock plotly
.DEFAULT_GOAL := help

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(RUN_STAMP) ## the lab on http://localhost:8050
	@$(SERVE)

classroom: $(RUN_STAMP) ## the lab for everyone on this network; prints the address to give to the class
	@NNLAB_BIND=0.0.0.0 $(SERVE)

test: $(DEV_STAMP) ## everything: lint, types, tests, the image, tests in a real browser
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory types
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory image-check
	@$(MAKE) --no-print-directory browser-tests

lint: $(DEV_STAMP) ## style and formatting; of JavaScript, what a linter sees; files that a schema describes
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(DENO) lint --quiet
	@$(SCHEMA) vendor.github-workflows .github/workflows/*.yml
	@$(SCHEMA) vendor.citation-file-format CITATION.cff

types: $(DEV_STAMP) ## static types, of Python and of JavaScript
	$(PY) -m mypy
	$(DENO) task --quiet types

unit: $(DEV_STAMP) ## every test but those in a browser; the core's leave out no line and no branch of it
	$(PY) -m pytest -n 2 -m "not browser" --ignore tests/core
	$(PY) -m pytest -n 2 tests/core --cov=nnlab/core --cov-branch --cov-report=term:skip-covered --cov-fail-under=100

coverage: $(DEV_STAMP) ## the same tests, with a table of what they leave out of all of nnlab
	$(PY) -m pytest -n 2 -m "not browser" --cov --cov-report=term

browser-tests: browser ## the tests in a browser, two at a time
	@export $(WITH_BROWSER); $(PY) -m pytest -n 2 --dist worksteal -m browser tests/browser

browser: $(DEV_STAMP) ## find a Chromium and a Firefox, or fetch them
	@$(PY) -m tools.browser --install
	@$(PY) -m tools.browser --install --firefox || echo "all tests in a browser run, and the one in Firefox fails"

bench: $(DEV_STAMP) ## the table of budgets and figures
	@chromium="$$($(PY) -m tools.browser --install --presenting)" && \
		NNLAB_CHROMIUM="$$chromium" $(PY) -m benchmarks.report

image-check: $(DEV_STAMP) ## lint Dockerfile and compose.yaml, and serve as the image would
	$(PY) -m tools.image_check

lock: $(DEV_STAMP) ## pin the requirements anew; UPGRADE=--upgrade takes newer versions
	$(PY) -m pip install --quiet --disable-pip-version-check $(UV)
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) --constraint requirements.txt requirements-dask.in --output-file requirements-dask.txt
	$(LOCK) --constraint requirements.txt --constraint requirements-dask.txt requirements-dev.in \
		--output-file requirements-dev.txt

plotly: ## build Plotly's parts anew from npm, after a change to tools/plotly; needs Node
	cd tools/plotly && npm ci --no-audit --no-fund --ignore-scripts && node build.mjs ../../assets/vendor/plotly

# Universal: one lock for every system and Python from 3.11
LOCK = UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links $(UPGRADE)

$(RUN_STAMP):
	@tools/make_venv.sh $(VENV)
	@echo "installing what nnlab needs"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(DEV_STAMP):
	@tools/make_venv.sh $(VENV)
	@echo "installing what nnlab and its tests need"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)
