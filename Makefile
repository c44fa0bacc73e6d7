# materiel: `make help` lists what there is to make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DOSSIER := build/korea-2024.sqlite
BRIEFING := build/briefing.html

# The tool that writes the lock files; nothing else needs it.
UV := uv==0.13.9
LOCK := build/lock/bin/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header $(LOCK_OPTIONS)

PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check bench-reading bench-speed bench-lineage bench-families bench-conditions bench-outlook train train-lineage docs lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: $(VENV)/run.stamp ## prepare .venv with the command .venv/bin/materiel

demo: setup ## read the articles of examples/korea-2024, show the board and an outlook, write a briefing
	@mkdir -p build && rm -f $(DOSSIER)
	$(BIN)/materiel read examples/korea-2024 --into $(DOSSIER)
	$(BIN)/materiel register $(DOSSIER)
	examples/korea-2024/decisions.sh $(DOSSIER) $(BIN)/materiel
	$(BIN)/materiel board $(DOSSIER) --as-of 2024-06-23
	$(BIN)/materiel whatif $(DOSSIER) "transfer(RUS -> PRK, precision, delivered)" --as-of 2024-06-23
	$(BIN)/materiel outlook scenarios/korea-2024.yaml --members 2000 --story 3
	$(BIN)/materiel report $(DOSSIER) --scenario scenarios/korea-2024.yaml --members 2000 -o $(BRIEFING)
	@echo
	@echo "The briefing is $(CURDIR)/$(BRIEFING): open it in a browser."
	@echo "The dossier is $(DOSSIER): ask it with '$(BIN)/materiel why ENTRY', sqlite3 or Datasette."

test: check ## style, types, import contracts and tests
	$(BIN)/pytest -n 2

check: $(VENV)/dev.stamp ## style, types and import contracts only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench-reading: $(VENV)/dev.stamp ## how well it reads, against gold/floors.json, and what a change gained and lost
	$(BIN)/python benchmarks/reading.py --against gold/floors.json

bench-speed: $(VENV)/dev.stamp ## what reading costs beside a bare parse; needs two idle cores
	$(BIN)/python benchmarks/speed.py --check

bench-lineage: $(VENV)/dev.stamp ## what finding candidates of derivation costs beside datasketch; some minutes
	$(BIN)/python benchmarks/lineage.py --check

bench-families: $(VENV)/dev.stamp ## how well it tells derived articles from independent ones, on gold/families
	$(BIN)/python benchmarks/families.py --show

bench-conditions: $(VENV)/dev.stamp ## what watching conditions costs beside SQL over the register; some minutes and 5 GB
	$(BIN)/python benchmarks/conditions.py --check

train-lineage: $(VENV)/dev.stamp ## the weights of derivation again, from gold/families; some seconds
	$(BIN)/python benchmarks/families_training.py

bench-outlook: $(VENV)/bench.stamp ## what the outlook's engine costs beside other simulators and a kernel written by hand; needs two idle cores
	$(BIN)/python benchmarks/outlook.py --check

train: $(VENV)/dev.stamp ## the weights of src/materiel/reading/weights again, from the hand-coded texts; some minutes
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/training_others.py
	$(BIN)/python benchmarks/training_pacts.py

docs: $(VENV)/dev.stamp ## write docs/cli.md, and the tables of docs/scenarios.md, again from the code
	$(BIN)/python tests/command_pages.py > build/cli.md
	mv build/cli.md docs/cli.md
	$(BIN)/python tests/scenario_pages.py

lock: build/lock/bin/uv ## fit the locks to pyproject.toml; LOCK_OPTIONS=--upgrade for the newest releases
	$(LOCK) pyproject.toml requirements/build.in --extra outlook -o requirements/run.txt
	$(LOCK) pyproject.toml requirements/build.in --extra outlook --extra dev -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) pyproject.toml requirements/build.in --extra outlook --extra bench -c requirements/run.txt -o requirements/bench.txt

clean: ## remove what was made: .venv, build and caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src -name '*.egg-info' -prune -exec rm -rf {} +
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "materiel needs Python 3.11, 3.12 or 3.13, and there is no '$(PYTHON)' here." \
	       "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "materiel needs Python 3.11, 3.12 or 3.13; '$(PYTHON)' is" \
	       "$$("$(PYTHON)" -c 'import platform; print(platform.python_version())')." \
	       "Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv --clear $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what materiel needs into $(VENV); this takes about a minute."
	$(PIP_INSTALL) --require-hashes -r requirements/run.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/dev.stamp
	$(PIP_INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@

build/lock/bin/uv:
	"$(PYTHON)" -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install $(UV)
