# What people and the CI run. `make demo` needs a Python 3.11 or later, nothing else; PYTHON=... names
# one that is not the first on the path. `make test` needs a browser and TeX besides, which it brings
# where it may.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE := tracer tests benchmarks scripts
COVERAGE_FLOOR := 95

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check format-check lint types coverage package bench format clean

help:
	@echo 'make demo     set up .venv and print a worked example'
	@echo 'make test     set up .venv with the development tools and run all tests'
	@echo 'make check    format, lint, types, tests, coverage, archives: what CI runs'
	@echo 'make bench    the speed claims, measured here'
	@echo 'make format   format the code'
	@echo 'make clean    remove everything that make has made'

demo: $(VENV)/installed
	$(BIN)/trace mazur

test: $(VENV)/developing
	scripts/provide-tools
	$(BIN)/pytest --numprocesses=auto --cov --cov-report=

check: format-check lint types test coverage package

format-check: $(VENV)/developing
	$(BIN)/ruff format --check .

lint: $(VENV)/developing
	$(BIN)/ruff check .

types: $(VENV)/developing
	$(BIN)/mypy $(wildcard $(CODE))

# Of lines and branches, as the last `make test` measured them.
coverage: $(VENV)/developing
	$(BIN)/coverage report --fail-under=$(COVERAGE_FLOOR)

package: $(VENV)/developing
	rm -rf dist
	$(BIN)/python -m build
	PYTHON=$(BIN)/python scripts/smoke dist/*.whl
	PYTHON=$(BIN)/python scripts/smoke dist/*.tar.gz

bench: $(VENV)/developing
	$(PIP) install --editable '.[dev,bench]'
	$(BIN)/python -m benchmarks

format: $(VENV)/developing
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find $(wildcard $(CODE)) -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/installed: pyproject.toml scripts/make-venv
	scripts/make-venv $(VENV)
	$(PIP) install --editable .
	touch $@

$(VENV)/developing: pyproject.toml scripts/make-venv
	scripts/make-venv $(VENV)
	$(PIP) install --editable '.[dev]'
	touch $(VENV)/installed $@
