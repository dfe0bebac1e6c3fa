# One command per need; `make help` lists them. Set-up is stamped: it runs again only when a lock file changes.

PYTHON ?= python3
STAGE ?= dev
PORT ?= 8080
VENV := .venv
VENV_AWS := .venv-aws
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest
INSTALL := -m pip install --quiet --disable-pip-version-check --no-compile
CDK := npx --no-install cdk
BENCHES := $(filter-out __% soak isolation proofs,$(basename $(notdir $(wildcard bench/*.py))))
CHECKED := $(wildcard layers/core/python/offhook local cli/offhook_cli infra)
CONSOLE_SOURCES := $(shell find console/src console/public console/index.html console/vite.config.ts -type f 2>/dev/null)
SET_UP := $(VENV)/.stamp-packages $(VENV_AWS)/.stamp-packages node_modules/.stamp-packages

BEHIND :=  # what has nobody waiting for its answers goes behind what has: `nice`, where both run

export PORT
export AWS_DEFAULT_REGION ?= us-east-1
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20,21,23
export JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION := 25,26,27
export CDK_DISABLE_CLI_TELEMETRY := true
unexport PYTHONDONTWRITEBYTECODE  # every process would compile every package that it imports

.DEFAULT_GOAL := help
.PHONY: help set-up console check-console run stop test check unit integration infra chromium browser journeys screenshots e2e deploy-local deploy diff synth bench soak docs clean

help:  ## List the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

set-up: $(SET_UP)  ## Python and node packages from the lock files, into this folder

$(VENV)/.stamp-packages: requirements/pip.txt requirements/dev.txt pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) $(INSTALL) --require-hashes -r requirements/pip.txt
	$(PY) $(INSTALL) --require-hashes -r requirements/dev.txt
	$(PY) $(INSTALL) --no-build-isolation --no-deps -e .
	touch $@

$(VENV_AWS)/.stamp-packages: requirements/pip.txt requirements/local-aws.txt
	test -x $(VENV_AWS)/bin/python || $(PYTHON) -m venv $(VENV_AWS)
	$(VENV_AWS)/bin/python $(INSTALL) --require-hashes -r requirements/pip.txt
	$(VENV_AWS)/bin/python $(INSTALL) --require-hashes -r requirements/local-aws.txt
	touch $@

node_modules/.stamp-packages: package-lock.json package.json
	npm ci --no-audit --no-fund --silent
	touch $@

console/node_modules/.stamp-packages: console/package-lock.json console/package.json
	cd console && npm ci --ignore-scripts --no-audit --no-fund --silent
	touch $@

console/src/api/schema.d.ts: api/openapi.json node_modules/.stamp-packages
	npx --no-install openapi-typescript api/openapi.json --output $@ --default-non-nullable false

console/dist/.stamp: console/node_modules/.stamp-packages console/src/api/schema.d.ts $(CONSOLE_SOURCES)
	cd console && npx --no-install vite build --logLevel warn
	touch $@

console: console/dist/.stamp  ## The browser console, built into console/dist

check-console: console/node_modules/.stamp-packages console/src/api/schema.d.ts  ## The console's types, lint and unit tests
	cd console && $(BEHIND) npx --no-install tsc --noEmit
	cd console && $(BEHIND) npx --no-install oxlint --deny-warnings
	cd console && $(BEHIND) npm test --silent

run: $(SET_UP) console/dist/.stamp  ## The whole system on this machine, on one port (PORT=8080)
	$(PY) -m local.run

stop: $(SET_UP)  ## Stop it; what was recorded stays
	$(PY) -m local.run stop

test:  ## Everything continuous integration runs, three at a time (one each: make check unit infra ...)
	$(MAKE) --jobs=3 set-up chromium console
	$(MAKE) --jobs=3 --output-sync=target BEHIND='nice -n 10' journeys unit integration check infra

check: $(SET_UP) check-console  ## Lint and types; the console's unit tests too
	$(BEHIND) $(VENV)/bin/ruff check .
	$(BEHIND) $(VENV)/bin/ruff format --check .
	$(BEHIND) $(VENV)/bin/mypy $(CHECKED)

unit: $(SET_UP)  ## Decisions: milliseconds each, nothing running
	$(BEHIND) $(PYTEST) -n 2 --dist worksteal tests/unit tests/contract -m "not soak"

infra: $(SET_UP)  ## The synthesised templates and the built packages
	$(BEHIND) $(PYTEST) tests/infra -m "not e2e"

integration: $(SET_UP)  ## Adapters and stories against the embedded AWS, started and stopped by the tests
	$(PYTEST) tests/integration -m "not soak and not e2e"

chromium: $(SET_UP)  ## Debian's Chromium and a Chinese font, where they are missing and may be installed
	$(PY) -m tools.chromium

browser: $(SET_UP) chromium  ## The console in Chromium, against a local system of its own
	$(MAKE) journeys

journeys: $(SET_UP) console/dist/.stamp
	$(PYTEST) tests/browser -m "not soak"

screenshots: $(SET_UP) chromium console/dist/.stamp  ## The main screens in both languages, into docs/images
	$(PY) -m tools.screenshots

e2e: $(SET_UP) console/dist/.stamp  ## The whole local system, seen from outside
	$(PYTEST) -m e2e $(wildcard tests/e2e) tests/infra

synth: $(SET_UP)  ## The templates, without an account
	$(CDK) synth --quiet --output cdk.out/$(STAGE) -c stage=$(STAGE)

deploy-local: $(SET_UP)  ## The same CDK app onto the embedded AWS
	$(PY) -m infra.deploy local

deploy: $(SET_UP) console/dist/.stamp  ## STAGE=prod make deploy: onto a real account (docs/deploy.md)
	$(PY) -m infra.deploy $(STAGE)

diff: $(SET_UP)  ## What deploy would change
	$(PY) -m infra.deploy $(STAGE) --diff

bench: $(SET_UP)  ## Measure the budgets; results land in bench/
	for measure in $(BENCHES); do $(PY) -m bench.$$measure || exit 1; done

soak: $(SET_UP) chromium console/dist/.stamp  ## The long versions of the invariant tests
	$(PYTEST) -m soak tests || test $$? -eq 5  # 5: no test is marked
	$(PY) -m bench.soak --contacts 100000
	$(PY) -m bench.isolation --probes 1000000
	$(PY) -m bench.proofs

docs: $(SET_UP)  ## Regenerate what is derived from the code
	$(PY) -m tools.generate_openapi
	$(PY) -m tools.generate_docs

clean:  ## Remove what was built (not the recorded data of a local run)
	rm -rf build cdk.out chalice.out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info layers/core/python/*.egg-info
