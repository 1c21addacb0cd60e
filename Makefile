# Two commands matter: `make demo` and `make test`. Each sets up all that it needs by itself.
PYTHON ?= python3
REPER := .venv/bin/reper

.PHONY: demo test test-full clean

demo: .venv/runtime
	$(REPER) demo

test: .venv/dev
	.venv/bin/python -m tests.house

test-full: .venv/dev
	.venv/bin/python -m tests.house --full

# The locks name every package, so nothing is resolved here (--no-deps); pip 23 cannot resolve
# extras under hashes anyway. Stamps, so that nothing is installed twice. A changed lock is installed again.
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/runtime: requirements/runtime.lock pyproject.toml | .venv/bin/python
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/runtime.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev: requirements/dev.lock pyproject.toml | .venv/bin/python
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/runtime $@

clean:
	rm -rf .venv
