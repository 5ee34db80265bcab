# make run    builds and starts the product with invented data (needs Rust and a C compiler, nothing else)
# make build  one release binary with everything inside
# make test   everything that must hold before a change is kept;  make setup  installs what that needs
# make bench  figures, pages and PDF against pandas, polars, DuckDB, Django, WeasyPrint and Typst; writes BENCHMARKS.md (needs
#             python3 with venv and pip)
.PHONY: run build test setup bench lint lint-rust lint-browser lint-style unit e2e site style
.NOTPARALLEL:

ARGS ?= serve --demo
BIN := pause-fidelity
TARGET := $(or $(CARGO_TARGET_DIR),target)

run: site
	cargo run --package server -- $(ARGS)

build: site
	cargo build --release --package server
	@echo "the product is $(TARGET)/release/$(BIN)"

test: setup lint site unit e2e

setup:
	scripts/setup.sh test

# RACE=drift, figures, pages, explorer, PDF: only these, and BENCHMARKS.md stays as it is
bench: site
	bench/run.sh $(RACE)

# the browser's files, embedded by the server; quick when nothing changed
site:
	cargo xtask site

lint: lint-rust lint-browser lint-style

lint-rust:
	cargo fmt --all --check
	cargo fmt --manifest-path xtask/Cargo.toml --check
	cargo clippy --workspace --all-targets -- -D warnings

lint-browser:
	cargo xtask lint

# dist/app.css is committed, so that running needs no Node; here we see that it is current
lint-style: style/node_modules
	npm run --silent --prefix style build -- ../target/app.css
	cmp target/app.css style/dist/app.css || { echo "run 'make style' and commit style/dist/app.css" >&2; exit 1; }

unit:
	scripts/with-postgres.sh cargo test --workspace

# with what tests need of the crates, so that `make test` compiles them once
e2e: site end2end/node_modules
	cargo build --workspace --bins --tests
	SERVER=$(abspath $(TARGET))/debug/$(BIN) node end2end/run.mjs '$(JOURNEY)'

style: style/node_modules
	npm run --silent --prefix style build -- dist/app.css

%/node_modules: %/package-lock.json
	npm ci --silent --no-audit --no-fund --prefix $*
	touch $@
