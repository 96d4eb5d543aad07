# Walkdown: the two commands are `make demo` and `make test`; `make help` lists the rest.
PYTHON ?= $(shell command -v python3.11 || echo python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo vllm install fix check test lock

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(VENV)/.installed  ## install, fetch the models, and run everything at http://127.0.0.1:8701
	@$(BIN)/walkdown up

vllm: $(VENV)/.installed  ## build vLLM's own environment and convert the language model for it, once
	$(BIN)/python -m walkdown.models.vllm_env

$(VENV)/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --editable .
	touch $@ $(VENV)/.installed

install: $(VENV)/.installed-dev  ## install Walkdown and its tools into .venv

fix: install  ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: install  ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: install check  ## everything that runs on this machine
	$(BIN)/python -m pytest

lock: install  ## resolve the versions anew
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes -q -c requirements.lock -o requirements-dev.lock
