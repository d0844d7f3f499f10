# `make demo` shows Telltale at work, `make test` runs every test; both first install what a fresh Debian 12 or Ubuntu 24.04
# lacks. The real build is CMake's: CMakePresets.json lists the presets, and `cmake --preset dev` works without this file.
.PHONY: help build demo tensorboard test test-python test-frameworks test-ray asan tsan fuzz bench bench-table bench-python frontend accuracy rules-page docs format format-check tidy install clean

# All of these use the machine's cores; `make test JOBS=1` does not.
JOBS ?= $(shell nproc)
CTEST := ctest --output-on-failure --no-tests=error -j $(JOBS)

help:
	@echo 'make demo          build, diagnose the runs in testdata/, annotate a copy of them'
	@echo 'make tensorboard   the same, and show the result in TensorBoard'
	@echo 'make test          build and run every test'
	@echo 'make test-python   the Python package'"'"'s tests alone, its wheel among them'
	@echo 'make test-frameworks  real Keras, Lightning and HuggingFace trainings with the callbacks (large downloads)'
	@echo 'make test-ray      telltale.ray on a cluster of this machine (large downloads)'
	@echo 'make build         build build/release/telltale'
	@echo 'make install       install below PREFIX (default /usr/local)'
	@echo 'make asan          build with AddressSanitizer and UBSan, run the unit tests'
	@echo 'make tsan          build with ThreadSanitizer, run the tests of what has threads'
	@echo 'make fuzz          give every reader bytes that libFuzzer makes up (FUZZ_SECONDS=600 each; needs clang)'
	@echo 'make bench         time reading, against TensorBoard'"'"'s own readers'
	@echo 'make bench-table   all that is fast against its peers, in one table (takes minutes)'
	@echo 'make frontend      build the Diagnosis tab'"'"'s page (needs Node)'
	@echo 'make accuracy      measure the diagnosis on labelled runs, write docs/accuracy.md'
	@echo 'make rules-page    write docs/rules.md, the page of all rules'
	@echo 'make docs          write the documentation as a site, build/site'
	@echo 'make format        clang-format our files (make format-check only looks)'
	@echo 'make tidy          clang-tidy our files'
	@echo 'make clean         remove build/'

# Tests stay out of a first `make build`, which then needs neither GoogleTest nor Python; once `make test` has put them into
# the build directory they stay.
build:
	@scripts/install_deps.sh build
	@[ -e build/release/CMakeCache.txt ] || cmake --preset release -DTELLTALE_BUILD_TESTS=OFF
	@cmake --build --preset release -j $(JOBS) --target telltale_cli

demo: build
	@scripts/demo.sh build/release/telltale build/demo

# What `make demo` wrote, in a TensorBoard of our own. Stays in the foreground.
tensorboard: demo
	@scripts/install_deps.sh test
	@scripts/test_venv.sh build/venv
	@build/venv/bin/tensorboard --logdir build/demo

test:
	@scripts/install_deps.sh build test
	@scripts/test_venv.sh build/venv
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS)
	@$(CTEST) --test-dir build/release

test-python:
	@scripts/install_deps.sh build test
	@scripts/test_venv.sh build/venv
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS) --target telltale_cli telltale_python telltale_make_logdir telltale
	@$(CTEST) --test-dir build/release -R '^python_' --verbose

# Trains with the frameworks themselves, in an environment of their own.
test-frameworks:
	@scripts/install_deps.sh build test
	@scripts/test_venv.sh build/venv
	@scripts/frameworks_venv.sh build/frameworks tests/frameworks/requirements.txt
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS) --target telltale_python
	@PYTHONPATH=build/release/python build/frameworks/bin/python3 -m pytest -ra tests/frameworks

# On a Ray cluster of this machine, with an object store on loopback.
test-ray:
	@scripts/install_deps.sh build test
	@scripts/test_venv.sh build/venv
	@scripts/frameworks_venv.sh build/ray tests/ray/requirements.txt
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS) --target telltale_python telltale_make_logdir
	@PYTHONPATH=$(CURDIR)/build/release/python build/ray/bin/python3 -m pytest -ra tests/ray

# The C++ tests only: the others run the release binary.
asan:
	@scripts/install_deps.sh build test
	@cmake --preset asan -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset asan -j $(JOBS) --target unit_tests
	@$(CTEST) --test-dir build/asan --label-regex '^unit$$'

# What works on several threads: reading, diagnosing, watching.
tsan:
	@scripts/install_deps.sh build test
	@cmake --preset tsan -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset tsan -j $(JOBS) --target telltale_base_test telltale_formats_test telltale_workflow_test telltale_watch_test
	@$(CTEST) --test-dir build/tsan -R 'Parallel|ReadFiles|PartJoiner|DiagnoseParts|^Diagnose|Watch|Notifier|IncrementalReader'

FUZZ_SECONDS ?= 600
fuzz:
	@scripts/install_deps.sh build test fuzz
	@cmake --preset fuzz -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset fuzz -j $(JOBS) --target fuzzers
	@JOBS=$(JOBS) scripts/fuzz.sh build/fuzz $(FUZZ_SECONDS)

bench:
	@scripts/install_deps.sh build test
	@scripts/test_venv.sh build/venv
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS) --target bench

bench-table:
	@scripts/install_deps.sh build test
	@scripts/test_venv.sh build/venv
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS) --target bench_table

bench-python:
	@scripts/install_deps.sh build test
	@scripts/test_venv.sh build/venv
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS) --target bench_python

frontend:
	@scripts/frontend.sh

accuracy:
	@scripts/install_deps.sh build test
	@cmake --preset release -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset release -j $(JOBS) --target accuracy

rules-page: build
	@build/release/telltale rules --format markdown > build/rules.md
	@mv build/rules.md docs/rules.md

docs:
	@scripts/install_deps.sh build test
	@scripts/docs_venv.sh build/docs_venv
	@build/docs_venv/bin/mkdocs build --strict

format:
	@scripts/install_deps.sh dev
	@scripts/format.sh --write

format-check:
	@scripts/install_deps.sh dev
	@scripts/format.sh --check

tidy:
	@scripts/install_deps.sh build test tidy
	@cmake --preset dev -DTELLTALE_BUILD_TESTS=ON
	@cmake --build --preset dev -j $(JOBS) --target telltale_generated
	@scripts/tidy.sh build/dev $(JOBS)

PREFIX ?= /usr/local
install: build
	@cmake --install build/release --prefix $(PREFIX)

clean:
	rm -rf build
