# The commands of README.md. DATA is where the data lies, PORT where the server listens.
DATA ?= ./var
PORT ?= 8080
COUNT ?= 372500

.PHONY: test check lint build prove bench

# Installs what the tests need, builds, and runs everything.
test:
	Scripts/install-packages test
	swift build --build-tests
	Scripts/test-postgres swift test --skip-build

# The format, then the tests.
check: lint test

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

build:
	Scripts/install-packages run
	swift build -c release --product onewindow

# Figures on this machine, with the plain limit beside them.
bench: build
	.build/release/onewindow bench lives --count 20000 --json

# The full size of every claim; one line a claim, and docs/proofs/*.json.
prove: build
	Scripts/prove $(COUNT)
