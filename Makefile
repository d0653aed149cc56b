# Every command of the project, for people and for CI alike. `make help` lists them.
# Needs Python 3.11+ and make; everything else goes into .venv.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORE := $(VENV)/.installed-core
DEV := $(VENV)/.installed-dev
# pip compiles every module of every package (160 MB); Python itself writes the byte code of what is really imported.
INSTALL := $(BIN)/python -m pip install --no-compile -qq --no-input --disable-pip-version-check --constraint constraints.txt
TENKYO := $(BIN)/python -m assistant.cli

.PHONY: help serve ingest models test gate format lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

serve: ingest ## index the documents, then page and API on http://127.0.0.1:8000 (PORT, HOST, TENKYO_…)
	@exec $(TENKYO) serve

# Exit code 1: some file could not be indexed. What is indexed is served all the same.
ingest: $(CORE) ## index the documents (what has not changed is not done again)
	@$(TENKYO) ingest || { [ $$? -eq 1 ] && echo '取り込めなかったものがあります（上の表示）。索引にある文書だけを使います。' >&2; }

models: $(DEV) ## the extra `models` (sentence-transformers, torch) for TENKYO_EMBEDDING and TENKYO_RERANKER

test: $(DEV) ## everything that CI runs: format, lint, types, import contracts, tests, the accuracy gate
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest
	$(MAKE) gate

gate: $(DEV) ## the accuracy gate on the bundled documents (part of `make test`); the report is in .tenkyo-test/gate
	$(BIN)/python -m eval.bundled

format: $(DEV) ## format the code, fix what can be fixed, write the README's tree anew
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python scripts/readme_tree.py

lock: ## resolve constraints.txt anew, in a fresh environment
	$(PYTHON) scripts/lock.py

clean: ## remove the environment and the caches; index and uploads in .tenkyo stay
	rm -rf $(VENV) .tenkyo-test .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info

# A stamp is written last: what was interrupted is done again, what is done is not.
$(CORE): pyproject.toml constraints.txt | $(VENV)/.made
	@echo 'パッケージを入れています（初回は数分かかります）…' >&2
	@$(INSTALL) --editable .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(VENV)/.made
	@echo '開発用のパッケージを入れています（初回は数分かかります）…' >&2
	@$(INSTALL) --editable '.[dev,models,postgresql]'
	@touch $(CORE) $@

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { echo '$(PYTHON) がありません。Python 3.11 以上を入れてください。' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 以上が必要です（$(PYTHON) は $$($(PYTHON) -V 2>&1)）。例: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo '仮想環境を作れません。Debian と Ubuntu では: apt-get install python3-venv' >&2; exit 1; }
	@touch $@
