# Few targets, each explains itself: `make help`.
.DEFAULT_GOAL := help
.PHONY: help run dev test check bench lighthouse screenshots handbook
SHELL := /bin/sh

PY := .venv/bin/python
APPS := foundation offices courses booking home

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(firstword $(MAKEFILE_LIST))

run:  ## install, prepare and serve the site at http://127.0.0.1:8000 (PORT, DEMO_PASSWORD, DATABASE_URL, EMAIL_URL)
	@sh requirements/install.sh runtime
	@PYTHONPATH=site exec $(PY) -m mehrwert.launch

dev:  ## the same with debug pages and reload on change
	@sh requirements/install.sh dev
	@PYTHONPATH=site exec $(PY) -m mehrwert.launch --dev

test:  ## every test: SQLite and PostgreSQL, real processes, headless Chromium
	@sh requirements/install.sh dev
	@sh requirements/install_node.sh readers
	$(PY) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
	$(PY) tests/with_postgresql.py $(PY) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder -m "not e2e and not nodb"
	@for name in "$$CHROMIUM" chromium chromium-browser google-chrome; do \
		command -v "$$name" >/dev/null 2>&1 && exit 0; done; \
		echo '!!!!! browser tests were SKIPPED: Chromium was not found (install it, or name it in CHROMIUM) !!!!!'

check:  ## format, lint, types, import contracts, templates, migrations, deployment check
	@sh requirements/install.sh dev
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	PYTHONPATH=site:. $(PY) -m mypy --no-error-summary
	PYTHONPATH=site:. .venv/bin/lint-imports --no-logo
	.venv/bin/djlint --lint --quiet templates
	SECRET_KEY=only-for-this-check-0123456789-0123456789-0123456789-0123456789 \
		$(PY) manage.py makemigrations --check --dry-run $(APPS)
	BASE_URL=https://www.mehrwert.example SECRET_KEY=only-for-this-check-0123456789-0123456789-0123456789-0123456789 \
		$(PY) manage.py check --deploy --fail-level WARNING

bench:  ## what pages, courses, times, bookings, feeds cost (POSTGRESQL=1, ONLY=feeds,peer, STRICT=1 fails on a miss)
	@sh requirements/install.sh dev
	@sh requirements/install.sh peer var/peer
	$(if $(POSTGRESQL),$(PY) tests/with_postgresql.py) $(PY) tests/bench/run.py $(if $(ONLY),--only $(ONLY)) $(if $(STRICT),--strict)

lighthouse:  ## Lighthouse on phone settings over every page type, its four figures each (needs Chromium)
	@sh requirements/install.sh dev
	@sh requirements/install_node.sh lighthouse
	$(PY) tests/lighthouse.py

screenshots:  ## pictures of the main pages, in screenshots/ (needs Chromium)
	@sh requirements/install.sh dev
	$(PY) tests/screenshots.py

handbook:  ## the pictures of the handbook anew, in docs/handbuch/bilder (needs Chromium)
	@sh requirements/install.sh dev
	$(PY) tests/screenshots.py --handbook
