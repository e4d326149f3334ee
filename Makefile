# The commands of README.md. DATA is where the data lies, PORT where the server listens.
DATA ?= ./var
PORT ?= 8080

.PHONY: run test check lint build bench

# Installs what is missing, builds, fills the demonstration city once, opens the doors.
run: build
	.build/release/onewindow demo --data $(DATA)
	.build/release/onewindow serve --data $(DATA) --port $(PORT)

build:
	Scripts/install-packages run
	swift build -c release --product onewindow

# Installs what the tests need, builds, and runs everything.
test:
	Scripts/install-packages test
	swift build --build-tests
	Scripts/test-postgres swift test --skip-build
	Scripts/test-browser
	Scripts/test-processes

# The format, then the tests.
check: lint test

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

# Figures on this machine, with the plain limit beside them.
bench: build
	.build/release/onewindow bench lives --count 20000 --json
