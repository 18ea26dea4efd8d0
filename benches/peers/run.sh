#!/bin/sh
# Joins the same titles with tongchou and its peers, one after the other.
#
#   benches/peers/run.sh [TITLES] [FOLDER]
#
# TITLES (default 1000000) are generated; FOLDER (default /tmp/tongchou-peers) keeps the virtual environment,
# the titles and the pairs. Peers that cannot bear the whole file join its beginning, and tongchou with them.
# One JSON object a line goes to stdout; "equal" says whether the pairs of the exact engines are the same.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
count=${1:-1000000}
work=${2:-/tmp/tongchou-peers}
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
cargo build --quiet --release --manifest-path "$root/Cargo.toml" --example nation --example title_join
bin="${CARGO_TARGET_DIR:-$root/target}/release/examples"
"$bin/nation" "$count" "$work" --titles
part=$((count < 100000 ? count : 100000))
head -n "$part" "$work/titles.txt" > "$work/part.txt"
export RAYON_NUM_THREADS=2 OMP_NUM_THREADS=2

ours() { "$bin/title_join" "$@"; }
peer() { "$work/venv/bin/python" "$here/peers.py" "$@"; }

for threshold in 0.8 0.7; do
    case $threshold in 0.8) fraction=4/5 ;; *) fraction=7/10 ;; esac
    ours "$work/titles.txt" "$fraction" --pairs "$work/ours.bin"
    ours "$work/titles.txt" "$fraction" --unweighted
    peer difflib-fast "$work/titles.txt" "$threshold" --pairs "$work/difflib.bin"
    if cmp -s "$work/ours.bin" "$work/difflib.bin"; then equal=true; else equal=false; fi
    echo "{\"engines\":[\"tongchou\",\"difflib-fast\"],\"threshold\":$threshold,\"equal\":$equal}"
    ours "$work/part.txt" "$fraction" --pairs "$work/part-ours.bin"
    for engine in sparse-dot-topn rensa; do
        peer "$engine" "$work/part.txt" "$threshold" --pairs "$work/part-peer.bin"
        "$work/venv/bin/python" "$here/recall.py" "$engine" "$threshold" "$work/part-ours.bin" "$work/part-peer.bin"
    done
done
