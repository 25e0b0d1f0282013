# Each target sets up what it needs first; what is there already is left alone.
.PHONY: help setup dev check test clean
.DEFAULT_GOAL := help

GANGER := .venv/bin/ganger
# What is installed, side by side: each waits for downloads of its own.
PACKAGES := .venv/.ready node_modules/.ready
export PATH := $(CURDIR)/node_modules/.bin:$(CURDIR)/.venv/bin:$(PATH)

help:
	@echo "make dev    set up, then run the platform on http://localhost:8787"
	@echo "make test   set up, then run all checks and tests"
	@echo "make check  set up, then format, lint, types, registry and import rules"
	@echo "make clean  remove what was built; the packages and the data stay"

setup:
	@$(MAKE) --no-print-directory --jobs=2 $(PACKAGES)
	@$(GANGER) runtime

dev: setup
	@$(GANGER) dev $(ARGS)

check: setup
	@$(GANGER) check

test:
	@$(MAKE) --no-print-directory --jobs=3 $(PACKAGES) chromium
	@$(GANGER) runtime
	@$(MAKE) --no-print-directory --jobs=2 checked built
	@.venv/bin/python -m pytest -m "not measured" -n auto --maxprocesses=4 --no-loadscope-reorder $(ARGS)
	@# One after the other, for they take times. 5: none of those that ARGS chose does.
	@.venv/bin/python -m pytest -m measured $(ARGS) || test $$? = 5

# Each of these two keeps one processor busy.
.PHONY: checked built
checked:
	@$(GANGER) check
built:
	@$(GANGER) build

clean:
	rm -rf build .cache/runtime

.venv/.ready: pyproject.toml
	@echo "Installing the Python tools into .venv (a minute or two)."
	@tools/setup/python
	@touch $@

node_modules/.ready: package-lock.json
	@echo "Installing Node 24, wrangler and workerd into node_modules (a minute or two)."
	@# Not `npm ci`: it refuses a lock that lacks workerd's packages for other systems, which not every
	@# registry carries. Without --save, install follows the lock and checks its hashes just so.
	@npm install --no-save --no-fund --no-audit --loglevel=error
	@touch $@

.PHONY: chromium
chromium:
	@tools/setup/chromium
