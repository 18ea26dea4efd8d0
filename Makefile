# `make test` is everything that must pass; `make run` is the main job on the fixtures.
CARGO ?= cargo

.PHONY: run test fmt lint units docs features quality

run:
	$(CARGO) run --release --quiet --package tongchou-cli -- consolidate fixtures/pool-north/submissions \
		--units fixtures/pool-north/units.csv --last-year fixtures/pool-north/last_year.jsonl --out plan

test: fmt lint units docs features

fmt:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

units:
	$(CARGO) test --locked --workspace

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps

# Each reader and writer can be left out by an embedding tool.
features:
	$(CARGO) check --locked --package tongchou --no-default-features
	$(CARGO) check --locked --package tongchou --no-default-features --features csv
	$(CARGO) check --locked --package tongchou --no-default-features --features excel,docx
	$(CARGO) check --locked --package tongchou --no-default-features --features xlsx-report,schema

# All figures of docs/quality.md; POOLS may name folders with items.jsonl, truth.json and units.csv.
POOLS ?= fixtures/pool-north fixtures/pool-south fixtures/pool-east fixtures/pool-central fixtures/pool-west
quality:
	$(CARGO) run --release --quiet --example quality -- $(POOLS)
