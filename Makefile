# Each target does all its own set-up in .venv: `make demo` or `make test` is the only command you need.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --group build

.PHONY: demo run test check prove lock clean venv-check

demo: .venv/run.stamp
	@$(BIN)/rasid demo $(ARGS)

run: .venv/run.stamp
	@$(BIN)/rasid run $(ARGS)

test: .venv/test.stamp
	@$(BIN)/python -m pytest -q -m "not slow" -n 2 --dist loadfile $(ARGS)

check: .venv/test.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

prove: .venv/test.stamp
	@$(BIN)/python -m pytest -q --timeout=7200 $(ARGS)

# uv is needed here only, by whoever changes a dependency.
lock:
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group test -o requirements-test.lock

clean:
	rm -rf .venv

venv-check:
	@command -v $(PYTHON) >/dev/null || { echo "Rasid needs Python 3.11 or newer and finds no $(PYTHON): install python3 and python3-venv."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Rasid needs Python 3.11 or newer and found $$($(PYTHON) -V): install a newer one, or name it: make PYTHON=python3.12 demo"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing: on Debian or Ubuntu run 'apt install python3-venv', then the same make again."; exit 2; }

.venv/pyvenv.cfg: | venv-check
	@echo "Setting up .venv (once, about two minutes) …"
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/pyvenv.cfg
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	@$(PIP) -r requirements-test.lock
	@touch $@
