# Two commands do everything on a fresh machine with Python 3.11+ and make: `make report` and `make test`.
PYTHON ?= python3
PERIOD ?= 2024-H1
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: report test check lint lock sample docs pictures commonmark recompute returns fuzz speed axe index-speed bench kill cluster \
  fidelity isolation jupyterlab clean

report: $(READY) ## build the sample reports of a period: make report PERIOD=2024-H1
	$(BIN)/kit run $(PERIOD) --formats html,pdf,docx,png

test: $(READY) ## unit tests, cases, notebooks executed, docs, architecture, lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

check: $(READY) ## check the collected data
	$(BIN)/kit check --period $(PERIOD)

lint: $(READY) ## format and check the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

sample: $(READY) ## write the sample data, the dictionary and the descriptor anew
	$(BIN)/python data/make_sample.py

docs: $(READY) ## write the generated parts of README.md anew
	$(BIN)/python -m kit.docs

pictures: $(READY) ## make the pictures in docs/ anew, from real runs; needs Chromium, LibreOffice, poppler
	$(BIN)/python docs/make_pictures.py

lock: $(READY) ## resolve the dependencies anew, without index addresses
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra build --extra test --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --no-emit-index-url --quiet -o requirements.lock

# The examples come with the source archive of a Markdown parser; they are not part of this project.
commonmark: $(READY) ## every example of the CommonMark specification in the PDF
	mkdir -p build/commonmark
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps \
	  --no-binary markdown-it-py -d build/commonmark markdown-it-py
	tar -xzf build/commonmark/markdown_it_py-*.tar.gz -C build/commonmark --strip-components=3 --wildcards '*/commonmark.json'
	$(BIN)/python benchmarks/commonmark.py build/commonmark/commonmark.json

recompute: $(READY) ## results against the independent implementation, hundreds of units, several periods
	$(BIN)/python benchmarks/recompute.py

returns: $(READY) ## write the workbooks of tests/cases/returns anew
	$(BIN)/python tests/cases/make_returns.py

fuzz: $(READY) ## 2,000 damaged workbooks: none crashes, hangs or takes more than 1 GiB
	$(BIN)/python benchmarks/fuzz_workbooks.py

speed: $(READY) ## reading and checking beside bare tools, in one run
	$(BIN)/python benchmarks/check_speed.py

# axe-core is in the wheel of a package that is only unpacked, not installed: it would bring browsers along.
axe: $(READY) ## accessibility of the built pages: axe-core in Chromium, light and dark, phone and screen
	mkdir -p build/axe
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps -d build/axe axe-playwright-python
	$(BIN)/python benchmarks/accessibility.py build/axe/axe_playwright_python-*.whl

index-speed: $(READY) ## the index of 3,321 units × 32 indicators in Chromium: opened, searched, sorted
	$(BIN)/python benchmarks/index_speed.py

bench: $(READY) ## the batch beside the naive chain, growth, nothing and one changed, memory: a Markdown table
	$(BIN)/python benchmarks/batch.py

kill: $(READY) ## kill -9 at 30 random moments, run again: the same bytes, nothing left behind
	$(BIN)/python benchmarks/kill.py

cluster: $(READY) ## two Dask workers beside one, and one of two killed
	$(BIN)/python benchmarks/cluster.py

# The notebooks and tests come with the source archives of nbclient and papermill; they are not part of this project.
fidelity: $(READY) ## engine kit on our notebooks, nbclient's and papermill's tests: what differs, and why
	$(BIN)/python benchmarks/fidelity_notebooks.py
	mkdir -p build/fidelity
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps \
	  --no-binary nbclient,papermill -d build/fidelity nbclient papermill
	for archive in build/fidelity/*.tar.gz; do tar -xzf $$archive -C build/fidelity; done
	$(BIN)/python benchmarks/fidelity_nbclient.py build/fidelity/nbclient-*/tests/files
	$(BIN)/python benchmarks/fidelity_papermill.py build/fidelity/papermill-*/

isolation: $(READY) ## 300 notebooks in a row and 8 × 200 side by side: nothing leaks, nothing fails
	$(BIN)/python benchmarks/isolation.py
	KIT_NO_FORK=1 $(BIN)/python benchmarks/isolation.py 100 2 50

jupyterlab: $(READY) ## JupyterLab in Chromium by clicking: change the unit, run all, export from the menu
	$(BIN)/python benchmarks/jupyterlab_menu.py

clean: ## remove what was built
	rm -rf reports $(VENV) .pytest_cache .ruff_cache
