# The everyday jobs of nbgit. Each is a small script in Scripts/ or one line here.

PREFIX ?= /usr/local
DESTDIR ?=

.DEFAULT_GOAL := help
.PHONY: help build demo test docs sanitize fuzz bench wheel release try install uninstall lint format clean

help: ## Show this list
	@awk -F ': ## ' '/^[a-z]+: ## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

build: ## Build the release binary, .build/release/nbgit
	@Scripts/install-dependencies build
	Scripts/build

demo: ## Convert the example notebooks and back; commit, push and clone their scripts
	@Scripts/demo

test: ## Run every check: layout, import arrows, build, tests
	@Scripts/test

docs: ## Write docs/commands anew, from the program's tables
	@Scripts/install-dependencies build
	swift build --product nbgit
	@Scripts/docs

sanitize: ## Run the tests with the address and thread sanitizers; takes long
	@Scripts/install-dependencies test
	@Scripts/sanitize

MINUTES ?= 1
fuzz: ## Look for inputs that break a law, MINUTES=1 for each; some laws: 'Fuzz/run <law>...'
	@Scripts/install-dependencies test
	@Fuzz/run --minutes '$(MINUTES)'

bench: ## Measure against git, cp, jupytext and simdjson; some rows: 'Benchmarks/run <row>...'
	@Benchmarks/run

wheel: build ## Make dist/nbgit-….whl, for pip on any Linux
	@Scripts/wheel

release: build ## Make dist/nbgit-….tar.gz, with completions and manual pages
	@Scripts/release

try: build ## Try the wheel in an older Debian and in a bare system, as root; takes minutes
	@Scripts/install-dependencies try
	@Scripts/try-wheel

install: ## Install what 'make build' built below PREFIX (/usr/local); DESTDIR is put before it
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' Scripts/install

uninstall: ## Remove what 'make install' installed
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' Scripts/install --uninstall

lint: ## Check layout, import arrows and the scripts, without a build
	Scripts/lint

format: ## Lay out the Swift files
	swift format -i -r -p Sources Tests Package.swift

clean: ## Remove what the builds left
	rm -rf .build .build-* dist
