# Everything runs in a virtual environment of its own; the first command makes it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := src tests training bench
# Tests run on all processors, but on no more than this many: each worker loads the tables.
WORKERS := -n auto --maxprocesses 4 --dist worksteal

.PHONY: run test test-all fuzz audit gate lint types format train bench bench-ingest bench-ner clean

run: $(VENV)/.run  ## extract the facts of corpus/ and show what was found
	mkdir -p out
	$(BIN)/jijitsu extract corpus -o out/facts.jsonl
	@echo
	$(BIN)/jijitsu show corpus/2025-02-24-alibaba-380b-yuan-ai.md
	@echo
	@echo "All facts: out/facts.jsonl, one article per line.  Another article: $(BIN)/jijitsu show FILE"

test: $(VENV)/.dev  ## all tests but the heavy ones, the gold gate included
	$(BIN)/pytest $(WORKERS)

test-all: $(VENV)/.dev-all  ## the heavy tests too: PostgreSQL, Ray, spaCy's training, a browser (Chromium)
	$(BIN)/pytest --all $(ONLY)

gate: $(VENV)/.dev  ## only the gold gate, with the scores
	$(BIN)/pytest -q -s tests/test_gate.py

lint: $(VENV)/.dev  ## style and the direction of imports
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/jijitsu lint annotations

types: $(VENV)/.dev  ## static types
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

train: $(VENV)/.dev  ## make the tagger's model again from corpus/ and annotations/
	$(BIN)/python -m training

audit: .venv-audit/.done  ## known weaknesses of the pinned packages; names those it has no data of
	.venv-audit/bin/pip-audit --no-deps --disable-pip -r constraints.txt

fuzz: $(VENV)/.dev  ## look for texts that break an invariant: 200,000 cases
	$(BIN)/python tests/fuzz.py

bench: $(VENV)/.dev  ## speed beside fugashi and the peers (installs them apart)
	$(BIN)/python -m bench

bench-ingest: $(VENV)/.dev  ## rows a second into targets, speed by workers, memory by articles
	$(BIN)/python -m bench.ingest

bench-ner: .venv-ginza/.done  ## the engines for names side by side, GiNZA among them
	.venv-ginza/bin/python -m bench.ner

clean:
	rm -rf $(VENV) .venv-audit .venv-bench .venv-ginza out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.run

$(VENV)/.dev-all: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev-all]'
	touch $@

.venv-audit/.done:
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/pip install --quiet --disable-pip-version-check 'pip-audit>=2.7'
	touch $@

.venv-ginza/.done: pyproject.toml
	$(PYTHON) -m venv .venv-ginza
	.venv-ginza/bin/pip install --quiet --disable-pip-version-check -e '.[ginza]'
	touch $@
