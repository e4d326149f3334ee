# The commands of README.md. DATA is where the data lies, PORT where the server listens.
DATA ?= ./var
PORT ?= 8080

.PHONY: run city test test-doors test-claims test-processes prove fuzz fuzz-tests check lint build bench

# Installs what is missing, builds, fills the demonstration city once, opens the doors; the sandbox of messages runs beside.
run: build
	.build/release/onewindow demo --data $(DATA)
	Scripts/run .build/release/onewindow $(DATA) $(PORT)

# A city that has lived through three months, to look around in: full lists, what is late, figures, lights. Made once, in about a
# minute; every demonstration account signs in. CITY is where it lies.
CITY ?= ./var/city

city: build
	test -d $(CITY) || { rm -rf $(CITY).new && mkdir -p $(dir $(CITY)) && .build/release/onewindow simulate --cases 3000 \
		--from 2018-08-01 --to 2018-10-31 --data $(CITY).new >/dev/null && mv $(CITY).new $(CITY); }
	ONEWINDOW_DEMO_CLOCK=2018-10-31T09:00 Scripts/run .build/release/onewindow $(CITY) $(PORT)

build:
	Scripts/install-packages run
	swift build -c release --product onewindow

# Installs what the tests need, builds, and runs everything.
test:
	Scripts/install-packages test
	Scripts/build-tests
	Scripts/python-packages
	Scripts/test-postgres swift test --skip-build
	$(MAKE) --jobs=3 --output-sync=target test-doors test-claims test-processes

# What waits for a browser runs beside what waits for files: each has servers and folders of its own.
test-doors:
	Scripts/test-browser

test-claims:
	Scripts/prove --reduced

test-processes:
	Scripts/test-processes

# Every claim at its full size: hours. Goes on where it was stopped; writes docs/proofs. CLAIMS names some of them.
prove: build
	Scripts/install-packages test
	Scripts/python-packages
	Scripts/prove $(CLAIMS)

# Inputs by chance for every reader of what comes from outside, SECONDS for each, two at a time; TARGETS names some of them.
SECONDS ?= 60
fuzz:
	Scripts/install-packages test
	Scripts/fuzz $(SECONDS) $(TARGETS)

# The tests that change well-formed inputs by chance, FUZZ_SECONDS for each, with the address sanitizer; FUZZ_SEED repeats a run.
FUZZ_SECONDS ?= 60
FUZZ_SEED ?= $(shell date +%s)
fuzz-tests:
	Scripts/install-packages test
	swift build --build-tests --scratch-path .build-asan --sanitize=address
	@echo "FUZZ_SEED=$(FUZZ_SEED)"
	ASAN_OPTIONS=detect_leaks=0 FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_SEED=$(FUZZ_SEED) \
		swift test --skip-build --scratch-path .build-asan --sanitize=address --no-parallel --filter FuzzTests

# The format, then the tests.
check: lint test

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Fuzz

# Figures on this machine, with the plain limit beside them.
bench: build
	.build/release/onewindow bench lives --count 20000 --json
