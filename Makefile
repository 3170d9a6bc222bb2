# Everything sets itself up: a virtual environment from the lock file, nothing else is needed but Python 3.11+.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/ready
ARGS ?=
ERRORS_ONLY := --quiet --quiet

.PHONY: demo test check bench live lock format

demo: $(READY)
	$(RUN)/digitalnetzwerk demo $(ARGS)

test: $(READY)
	$(RUN)/pytest $(ARGS)

check: $(READY)
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/deptry .

format: $(READY)
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

# The contract suite and the journeys against a real Nextcloud; takes its address and credentials from the environment.
live: $(READY)
	$(RUN)/pytest -n 0 -m live tests $(ARGS)

# Counts, CPU and memory against the sandbox, rates where the environment names a real Nextcloud: docs/benchmarks.md.
bench: $(READY)
	$(RUN)/python tests/bench/bench.py $(ARGS)

# caldav names niquests, whose urllib3-future rewrites urllib3 below requests: both stay out of the lock, so
# packages are installed without following their dependencies (see docs/dependencies.md).
$(READY): requirements.lock pyproject.toml
	test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install $(ERRORS_ONLY) --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(RUN)/python -m pip install $(ERRORS_ONLY) --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Left out of the locks: niquests and what only it needs. The second lock is what a running service needs, at the same
# versions.
OUT_OF_LOCK := niquests|urllib3-future|jh2|qh3|wassima
COMPILE := $(RUN)/pip-compile --quiet --allow-unsafe --strip-extras --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: $(READY)
	$(COMPILE) --upgrade --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --build-deps-for wheel -c requirements.lock --output-file deploy/requirements.lock pyproject.toml
	for lock in requirements.lock deploy/requirements.lock; do \
	  awk '/^[a-z]/ { keep = $$0 !~ /^($(OUT_OF_LOCK))==/ } /^# The following/ { next } keep' $$lock > $$lock.new \
	  && mv $$lock.new $$lock; done
