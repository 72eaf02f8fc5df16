# Linux and macOS; README.md has the same steps for Windows.

PYTHON ?= python3
PORT ?= 8000
NOTEBOOKS ?=
NAMES ?=

BIN := .venv/bin
READY := .venv/.ready
PEERS := .venv/.peers
SITE := _build/html

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# One thread: small networks run many times faster on it, and last digits depend on the count.
# Progress bars would make stored outputs depend on the speed of the machine.
test execute bench lab: export OMP_NUM_THREADS := 1
test execute bench lab: export MKL_NUM_THREADS := 1
test execute bench lab: export OPENBLAS_NUM_THREADS := 1
test execute bench lab: export VECLIB_MAXIMUM_THREADS := 1
test execute: export TQDM_DISABLE := 1

.PHONY: help book serve lab execute ledger stills test bench clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

# A page that gave a warning is not read again, so that a second build would pass in silence:
# a failed build forgets what it has read.
book: $(READY)  ## build the site
	@$(BIN)/jupyter-book build . -W --keep-going || { rm -rf _build/.doctrees; exit 1; }
	@echo "Open $(SITE)/index.html"

serve: book  ## build the site, serve it to this machine and open it (PORT=8000)
	@(sleep 1; $(BIN)/python -m webbrowser http://127.0.0.1:$(PORT)/) &
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory $(SITE)

lab: $(READY)  ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab book/

execute: $(READY)  ## run the notebooks and store their outputs (NOTEBOOKS=book/... for some)
	@$(BIN)/python -m ibtools.site.notebooks execute $(NOTEBOOKS)

ledger: $(READY)  ## write the claim ledger from the boxes of the pages
	@$(BIN)/python -m ibtools.site.ledger

stills: $(READY)  ## take the widgets' pictures for readers without JavaScript (NAMES=index for some)
	@$(BIN)/jupyter-book build . && $(BIN)/python -m ibtools.site.stills $(NAMES)

test: $(READY)  ## check the code, build the site, run all tests and every notebook
	$(BIN)/ruff check ibtools tests tools benchmarks
	$(BIN)/ruff format --check ibtools tests tools benchmarks
	@$(MAKE) --no-print-directory book
	$(BIN)/python -m pytest tests book --nbval --nbval-current-env --nbval-cell-timeout=120

bench: $(PEERS)  ## compare with other packages, side by side
	@for script in $(wildcard benchmarks/*.py); do \
	    echo "== $$script"; $(BIN)/python $$script || exit 1; done

$(PEERS): $(READY) benchmarks/requirements.txt
	$(BIN)/python -m pip install --quiet -r benchmarks/requirements.txt \
	    -c requirements.txt -c constraints.txt
	@touch $@

clean:  ## remove the built site (the environment in .venv stays)
	rm -rf _build

$(READY): requirements.txt constraints.txt pyproject.toml tools/install_torch.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed; name one, as in: make book PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "This Python cannot make environments; on Debian or Ubuntu: apt install python3-venv"; \
	    exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python tools/install_torch.py
	$(BIN)/python -m pip install --quiet -r requirements.txt -c constraints.txt
	$(BIN)/python -m pip install -qq --no-deps -e .
	@touch $@
