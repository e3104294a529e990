# Plain commands in words. Each one sets up everything it needs; `DATA=DIR` names the folder of real data.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?=
SERVE  ?= 1
READY  := $(VENV)/.ready
TESTS  := $(BIN)/pytest $(if $(DATA),--data="$(DATA)")
# Many tests start the command line: what Python compiled is kept for the next, whatever the machine says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test spark java check lint bench docs words clean

# Debian's Python may come without the parts that make an environment; uv brings its own.
$(READY): pyproject.toml
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV) && \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --target $(VENV).uv uv && \
		PYTHONPATH=$(VENV).uv $(PYTHON) -m uv venv --quiet --seed $(VENV) && rm -rf $(VENV).uv; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --editable . --group dev
	touch $@

demo: $(READY)  ## build a town and run the whole chain on it
	$(BIN)/regulars demo demo-shop $(if $(filter 0,$(SERVE)),--no-serve)

check: $(READY) lint  ## a developer's loop, about two minutes: lint, types, imports, fast tests
	$(BIN)/pytest --quiet -n 2 --dist worksteal -m "not slow and not data and not spark"

lint: $(READY)  ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(READY) java  ## everything that must hold, on real data too when DATA is given
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --editable ".[spark]"
	$(TESTS) -n 2 --dist worksteal -m "not spark"
	$(MAKE) -j 2 lint spark

spark: $(READY) java  ## the tests of the engine for more than one machine
	$(TESTS) -m spark

java:  ## Spark's tests need a Java runtime; who may install it does
	@java -version >/dev/null 2>&1 || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends default-jre-headless; } || \
		{ echo "Spark's tests need Java 17 or newer: sudo apt-get install default-jre-headless (macOS: brew install openjdk)"; exit 1; }

bench: $(READY)  ## measure the targets, beside peers; figures go to bench/RESULTS.md by hand
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --group bench
	$(BIN)/python -m bench $(if $(DATA),--data "$(DATA)")

docs: $(READY)  ## generate the reference pages
	$(BIN)/python docs/generate.py

words: $(READY)  ## collect the words a user sees into the French catalogue
	$(BIN)/python docs/collect_words.py

clean:
	rm -rf $(VENV) demo-shop dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
