# Every target works from a clean clone with Python alone; what was set up once is not set up again.

PYTHON ?= python3
N ?= 2000
TIES ?= 500
ARGS ?=
PICTURES ?= docs
BIN := .venv/bin
SYSTEM := .venv/.system
RUNTIME := .venv/.runtime
DEVELOPMENT := .venv/.development

.PHONY: help brief test check bench docs sample pictures fuzz ties attack clean
.DELETE_ON_ERROR:

help:
	@echo "make brief     the sample pack, in outputs/"
	@echo "make test      all tests (ARGS=... goes to pytest)"
	@echo "make check     ruff, mypy --strict, import-linter"
	@echo "make bench     speed and memory, against their limits"
	@echo "make docs      the generated pages of docs/"
	@echo "make sample    inputs/sample.xlsx, from reportgen/intake/form/sample.toml"
	@echo "make pictures  the pictures of the README, from the sample pack"
	@echo "make fuzz      N damaged workbooks and exports of each of two mutators (N=$(N))"
	@echo "make attack    kills, builds at the same moment, hostile templates and files; takes an hour"
	@echo "make ties      TIES workbooks full of ties, each computed by two engines (TIES=$(TIES))"
	@echo "make clean     remove what was made, the environment included"

brief: $(RUNTIME) $(SYSTEM)
	$(BIN)/reportgen build inputs/sample.xlsx --out outputs --force

test: $(DEVELOPMENT) $(SYSTEM)
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEVELOPMENT) $(SYSTEM)
	$(BIN)/python -m tests.bench.command_bench
	$(BIN)/python -m tests.bench.solve_bench
	$(BIN)/python -m tests.bench.brief_bench

docs: $(RUNTIME)
	$(BIN)/python -m reportgen.manual docs

sample: $(RUNTIME)
	$(BIN)/python -m reportgen.intake.form.sample inputs/sample.xlsx

pictures: $(DEVELOPMENT) $(SYSTEM)
	$(BIN)/python docs/pictures.py $(PICTURES)

fuzz: $(DEVELOPMENT) $(SYSTEM)
	$(BIN)/python -m tests.fuzz $(N)

attack: $(DEVELOPMENT) $(SYSTEM)
	$(BIN)/python -m tests.attack $(ARGS)

ties: $(DEVELOPMENT) $(SYSTEM)
	$(BIN)/python -m tests.model.ties $(TIES)

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find outputs -mindepth 1 ! -name .gitkeep -exec rm -rf {} +

# Python, the environment and the packages

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "reportgen needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq python3-venv; \
	  else echo "Python lacks its venv module. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; fi; }
	$(PYTHON) -m venv .venv

$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(DEVELOPMENT): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@ $(RUNTIME)

# Pango, which sets the text of the PDF: without it everything is made but the brief

$(SYSTEM): | $(RUNTIME)
	@$(BIN)/python -c 'import sys; from reportgen.doctor import why_no_pdf; sys.exit(why_no_pdf() is not None)' || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig; \
	  fi; }
	@if $(BIN)/python -c 'import sys; from reportgen.doctor import why_no_pdf; sys.exit(why_no_pdf() or 0)'; \
	  then touch $@; fi
