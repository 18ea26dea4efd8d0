# `make test` is everything that must pass; `make run` is the main job on the fixtures.
CARGO ?= cargo

PYTHON ?= python3
# The environment of the Python tests; made anew when its requirements change.
VENV := target/python/venv
# That of the Spark test, 450 MB larger.
SPARK_VENV := target/python/spark
# That of the builder of wheels for others.
WHEEL_VENV := target/python/wheel
# Items of the nation that a cluster and one machine consolidate.
SPARK_ITEMS ?= 3000
# Items of the bench of the binding.
BENCH_ITEMS ?= 100000

.PHONY: run test fmt lint units docs features test-python test-spark spark quality bench-python wheel wheel-aarch64

run:
	$(CARGO) run --release --quiet --package tongchou-cli -- consolidate fixtures/pool-north/submissions \
		--units fixtures/pool-north/units.csv --last-year fixtures/pool-north/last_year.jsonl --out plan

test: fmt lint units docs features test-python

fmt:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

# Then the join against every pair of 20,000 items of the generated nation.
units:
	$(CARGO) test --locked --workspace
	target/debug/examples/nation 20000 target/nation
	TONGCHOU_NATION="$(CURDIR)/target/nation" $(CARGO) test --locked --workspace --lib -- \
		--ignored pipeline::tests::a_nation

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps

# Each reader and writer can be left out by an embedding tool.
features:
	$(CARGO) check --locked --package tongchou --no-default-features
	$(CARGO) check --locked --package tongchou --no-default-features --features csv
	$(CARGO) check --locked --package tongchou --no-default-features --features excel,docx
	$(CARGO) check --locked --package tongchou --no-default-features --features xlsx-report,schema

# All figures of docs/quality.md; POOLS may name folders with items.jsonl, truth.json and units.csv.
POOLS ?= $(addprefix fixtures/pool-,north south east central west plateau harbour lakes urban oasis valley delta steppe border mine metro)
quality:
	$(CARGO) run --release --quiet --example quality -- $(POOLS)

# The wheel (profile dev: tests need no LTO), installed beside pinned packages; then the types, the tests, the examples in
# docstrings and README.
test-python: $(VENV)/ready
	$(CARGO) build --locked --package tongchou-cli
	rm -rf target/python/wheels
	$(VENV)/bin/maturin build --locked --profile dev --manifest-path python/Cargo.toml --out target/python/wheels
	$(VENV)/bin/pip install --quiet --no-deps --force-reinstall target/python/wheels/*.whl
	$(VENV)/bin/mypy --config-file python/pyproject.toml --package tongchou
	$(VENV)/bin/python -m mypy.stubtest --mypy-config-file python/pyproject.toml --allowlist python/stubtest-allowlist.txt tongchou
	TONGCHOU_CLI=target/debug/tongchou $(VENV)/bin/python -W error -m pytest --config-file python/pyproject.toml python/tests

$(VENV)/ready: python/requirements-test.txt
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/pip install --quiet --no-deps --requirement $<
	touch $@

# The same plan from a cluster of two executor processes as from one machine, on a nation of SPARK_ITEMS items.
test-spark:
	@if java -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])'; then $(MAKE) --no-print-directory spark; \
	else echo "test-spark: SKIPPED: PySpark 4 needs Java 17 or later, and \`java\` is missing or older" >&2; fi

spark: $(VENV)/ready $(SPARK_VENV)/ready
	$(CARGO) run --locked --quiet --example nation -- $(SPARK_ITEMS) target/python/nation
	rm -rf target/python/wheels
	$(VENV)/bin/maturin build --locked --profile dev --manifest-path python/Cargo.toml --out target/python/wheels
	$(SPARK_VENV)/bin/pip install --quiet --no-deps --force-reinstall target/python/wheels/*.whl
	TONGCHOU_NATION=target/python/nation SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=localhost \
		$(SPARK_VENV)/bin/python -m pytest --config-file python/pyproject.toml --capture no python/tests_spark

$(SPARK_VENV)/ready: python/requirements-spark.txt
	$(PYTHON) -m venv --clear $(SPARK_VENV)
	$(SPARK_VENV)/bin/pip install --quiet --no-deps --requirement $<
	touch $@

# What the binding costs beside the engine: BENCH_ITEMS items of a nation from Arrow, dicts and JSONL, in one run.
bench-python: $(VENV)/ready
	$(CARGO) build --locked --release --package tongchou-cli
	$(CARGO) run --locked --release --example nation -- $(BENCH_ITEMS) target/python/bench
	rm -rf target/python/wheels-release
	$(VENV)/bin/maturin build --locked --release --manifest-path python/Cargo.toml --out target/python/wheels-release
	$(VENV)/bin/pip install --quiet --no-deps --force-reinstall target/python/wheels-release/*.whl
	$(VENV)/bin/python python/bench/overhead.py target/release/tongchou target/python/bench

# Wheels that run on any Linux of the last years: zig links against an old glibc, for either processor.
WHEEL := $(WHEEL_VENV)/bin/maturin build --locked --release --zig --compatibility manylinux2014 \
	--manifest-path python/Cargo.toml --out dist

wheel: $(WHEEL_VENV)/ready
	PATH="$(CURDIR)/$(WHEEL_VENV)/bin:$$PATH" $(WHEEL)

wheel-aarch64: $(WHEEL_VENV)/ready
	rustup target add aarch64-unknown-linux-gnu
	PATH="$(CURDIR)/$(WHEEL_VENV)/bin:$$PATH" $(WHEEL) --target aarch64-unknown-linux-gnu

$(WHEEL_VENV)/ready: python/requirements-wheel.txt
	$(PYTHON) -m venv --clear $(WHEEL_VENV)
	$(WHEEL_VENV)/bin/pip install --quiet --no-deps --requirement $<
	touch $@
