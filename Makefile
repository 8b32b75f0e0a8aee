# make demo: from nothing to rows.  make test: from nothing to green.  make check: all the rest.  make bench: all benchmarks at full size, hours.  make docs: the pages that are made from code, anew.  make pictures: notebooks with their plots, and the web page, as pictures.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.PHONY: demo test check bench lint docs pictures constraints clean

demo: $(STAMP)
	$(BIN)/thidua demo

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m slow
	$(BIN)/python -m benchmarks.quick

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m benchmarks

docs: $(STAMP)
	$(BIN)/python -m schemas.dictionary > docs/records.md
	$(BIN)/python -m schemas.json_schema docs/schemas
	$(BIN)/python -m crawler.manual > docs/site-keys.md
	$(BIN)/python -m data.manual docs
	data=$$(mktemp -d) && $(BIN)/thidua demo --data $$data > /dev/null && $(BIN)/python -m data.recipes $$data/demo/news.duckdb > docs/recipes.md; rm -rf $$data

pictures: $(STAMP)
	data=$$(mktemp -d) && $(BIN)/thidua demo --data $$data > /dev/null && $(BIN)/python -m notebooks.render --data $$data && $(BIN)/python -m docs.screenshots --data $$data; rm -rf $$data

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "The module venv is missing. On Debian and Ubuntu:  sudo apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[web,test,dev,notebook,dask]'
	@touch $(STAMP)

constraints: $(STAMP)
	$(BIN)/python -m pip list --format freeze --exclude-editable --exclude pip --exclude setuptools | LC_ALL=C sort > constraints.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
