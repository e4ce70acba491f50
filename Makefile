# On a fresh machine: Python 3.11 or newer, make and a C compiler are enough for every target.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
COMPILED := build/compiled
SAMPLE := samples/project/flawed/rural-clinics.xlsx
GET_BROWSER := { apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; }

.DEFAULT_GOAL := test
.PHONY: help demo test test-browser test-compiled property lint bench bench-compiled accuracy planted docs samples accept clean

help:            ## list the targets
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+: +##' Makefile | sed 's/:.*## /\t/'

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer (with venv) is needed; say which: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(READY)   ## check a flawed form and show the report
	@$(BIN)/gouji check $(SAMPLE); code=$$?; test $$code -eq 1 || { echo "expected findings (exit 1), got exit $$code"; exit 1; }

test: $(READY)   ## run every test but those that need a browser (test-browser)
	$(BIN)/python -m pytest -n 2 -q -m "not browser"

test-browser: $(READY)  ## the page and the HTML report in Debian's Chromium; ACCEPT=--accept takes the screenshots anew
	@command -v chromium >/dev/null || $(GET_BROWSER) || { sleep 10; $(GET_BROWSER); } || \
		{ echo "Chromium could not be installed with apt-get; as root: apt-get install chromium fonts-noto-cjk"; exit 1; }
	$(BIN)/python -m pytest -q -n 2 -m browser tests/browser $(ACCEPT)

property: $(READY)  ## run the property tests, with many more examples
	$(BIN)/python -m pytest -n 2 -q tests/property --hypothesis-profile=thorough

lint: $(READY)   ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)  ## measure speed, as ratios
	$(BIN)/python -m tests.benchmarks.whole
	$(BIN)/python -m tests.benchmarks.parts
	$(BIN)/python -m tests.benchmarks.restore
	$(BIN)/python -m tests.benchmarks.prose
	$(BIN)/python -m tests.benchmarks.annotate
	$(BIN)/python -m tests.benchmarks.page
	-@$(MAKE) --no-print-directory bench-compiled

$(COMPILED)/.ready: pyproject.toml $(shell find validator rulesets -name '*.py' -o -name '*.yaml')
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer (with venv) is needed; say which: make PYTHON=..."; exit 1; }
	rm -rf $(COMPILED) && mkdir -p $(COMPILED)/source
	cp -r pyproject.toml README.md LICENSE validator rulesets $(COMPILED)/source
	for name in tests samples rulesets docs README.md README.zh-CN.md pyproject.toml; do ln -s ../../$$name $(COMPILED)/$$name; done
	$(PYTHON) -m venv $(COMPILED)/venv
	HATCH_BUILD_HOOKS_ENABLE=1 $(COMPILED)/venv/bin/python -m pip install --quiet --disable-pip-version-check '$(COMPILED)/source[dev]'
	rm -rf $(COMPILED)/source
	@touch $@

test-compiled: $(COMPILED)/.ready ## the tests of what evaluates rules, with it compiled as in the faster wheel
	cd $(COMPILED) && venv/bin/python -m pytest -n 2 -q -p no:cacheprovider tests/model tests/rules tests/inference tests/property \
		tests/test_pipeline.py tests/test_samples.py tests/golden

bench-compiled: $(COMPILED)/.ready ## measure speed with what evaluates rules compiled
	@echo "With what evaluates rules compiled, as in a wheel that was built with HATCH_BUILD_HOOKS_ENABLE=1:"
	@cd $(COMPILED) && venv/bin/python -m tests.benchmarks.whole --short

accuracy: $(READY)  ## precision and recall over the sentences and reports of tests/accuracy
	$(BIN)/python -m tests.accuracy

planted: $(READY)  ## plant one wrong digit into each figure that is checked, and count what nothing is said of
	$(BIN)/python -m tests.accuracy.planted

docs: $(READY)   ## write the generated pages: rulebook, tables of the language, schemas, pictures, examples
	$(BIN)/python -m validator.reports.rulebook docs/rulebook
	$(BIN)/python -m validator.reports.language docs
	$(BIN)/python -m validator.reports.schema docs
	$(BIN)/python -m tests.building.pictures docs/images
	$(BIN)/python -m tests.building.examples docs/examples

samples: $(READY)  ## write samples/ again
	$(BIN)/python -m tests.building.samples samples

accept: $(READY) ## take the present output as the stored one (tests/golden)
	$(BIN)/python -m pytest -q tests --accept

clean:           ## remove what was built
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
