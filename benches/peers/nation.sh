#!/bin/sh
# The nation end to end: tongchou and Splink on the same file, one after the other.
#
#   benches/peers/nation.sh [ITEMS] [FOLDER]
#
# ITEMS (default 1000000) are generated; FOLDER (default /tmp/tongchou-nation) keeps everything. Two threads
# each. Lines of JSON and of GNU time (wall, user and system seconds, peak kB) go to stdout.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
count=${1:-1000000}
work=${2:-/tmp/tongchou-nation}
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements-nation.txt"
cargo build --quiet --release --manifest-path "$root/Cargo.toml" --example nation --example parse_only
cargo build --quiet --release --manifest-path "$root/Cargo.toml" --package tongchou-cli
target="${CARGO_TARGET_DIR:-$root/target}/release"
"$target/examples/nation" "$count" "$work"
export RAYON_NUM_THREADS=2
timed() { /usr/bin/time -f '{"wall":%e,"user":%U,"system":%S,"peak_kb":%M}' "$@" 2>&1; }

echo '"parsing the file into items"'
timed "$target/examples/parse_only" "$work/items.jsonl"
echo '"tongchou"'
timed "$target/tongchou" consolidate "$work/items.jsonl" --units "$work/units.csv" --format csv \
    --out "$work/out" --threads 2 --quiet
"$work/venv/bin/python" "$here/truth.py" "$work" "$work/out"
echo '"splink"'
timed "$work/venv/bin/python" "$here/splink_nation.py" "$work"
