# `make` lists what there is to do.

PYTHON ?= python3
PORT ?= 8000
PYTEST ?=
ONLY ?=
BIN := .venv/bin

export PYTHON PORT
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run reset test mutants mutants-sample check policy policy-check format messages requirements python packages-to-run packages-to-test venv-to-run venv-to-test

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-14s %s\n", $$1, $$2 }'

run: export TRIAL := 1
run: venv-to-run ## the trial with its demo people, on http://127.0.0.1:8000 (another port: make run PORT=8001)
	@exec $(BIN)/python manage.py trial

reset: ## remove the trial's data (the folder var/)
	@rm -rf var
	@echo "The trial's data is gone; make run begins afresh."

test: packages-to-test venv-to-test ## all tests, on servers of their own (some: make test PYTEST=tests/goals)
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal $(PYTEST)

mutants: packages-to-test venv-to-test ## break the rules in small ways: which faults does no test notice? (some: make mutants ONLY=gate)
	@$(BIN)/python -m tests.mutants --only '$(ONLY)'

mutants-sample: packages-to-test venv-to-test ## the same with ten mutants, others after each commit
	@$(BIN)/python -m tests.mutants --sample 10

# Production's settings with nothing behind them: these checks read the code and connect to nothing.
# makemigrations would ask the database whether its history is consistent, warns that there is none, and goes on.
check: export SECRET_KEY := this-key-signs-nothing-it-only-lets-the-settings-be-read
check: export ALLOWED_HOSTS := careerplan.example
check: export DATABASE_URL := postgres://nobody@127.0.0.1:9/none
check: export REDIS_URL := redis://127.0.0.1:9/0
check: export TRUSTED_PROXIES := 0
check: export EMAIL_HOST := mail.careerplan.example
check: export DEFAULT_FROM_EMAIL := no-reply@careerplan.example
check: export DEBUG :=
check: export TRIAL :=
check: export TESTING :=
check: venv-to-test ## form, types, floors, templates, migrations, deployment settings
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --deploy --fail-level WARNING

policy: venv-to-test ## each policy statement with the tests that prove it; writes docs/policy.md
	@$(BIN)/python -m tests.policy_coverage

policy-check: packages-to-test venv-to-test ## fail where a statement has no test, or docs/policy.md is not up to date
	@$(BIN)/python -m tests.policy_coverage --check

format: venv-to-test ## write the code in its form
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

# Scans the product's own rooms; tests/test_translations.py fails where something is new, doubtful or not compiled.
messages: export DEBUG := 1
messages: packages-to-test venv-to-test ## collect the words of code and pages for Spanish, and compile them
	$(BIN)/python manage.py makemessages --locale es --no-obsolete --add-location file \
		--ignore .venv --ignore static --ignore tests --ignore docs --ignore benchmarks --ignore var
	$(BIN)/python manage.py compilemessages --locale es --ignore .venv

# uv is not among the pinned packages: `pipx install uv` (or any other way) brings it. Pins that still fit stay as
# they are; `make requirements UPGRADE=--upgrade` moves all, `UPGRADE='--upgrade-package django'` one.
UV ?= uv
COMPILE = $(UV) pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --no-header $(UPGRADE)

requirements: ## pin the packages of pyproject.toml again (needs uv: pipx install uv)
	@command -v $(UV) >/dev/null || { echo "make requirements needs uv: pipx install uv" >&2; exit 1; }
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

# --- what the targets stand on --------------------------------------------------------------------

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "CareerPlan needs Python 3.11 or newer, and '$(PYTHON)' is not." >&2; \
		echo "Install the package python3, or name another Python: make run PYTHON=/path/to/python3" >&2; exit 1; }

packages-to-run: python
	@.ci/system-packages run

packages-to-test: python
	@.ci/system-packages test

venv-to-run: packages-to-run
	@.ci/venv requirements.txt

venv-to-test: packages-to-run
	@.ci/venv requirements-dev.txt
