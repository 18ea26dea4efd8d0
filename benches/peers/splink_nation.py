"""Consolidates the nation with Splink and says what it took.

    splink_nation.py FOLDER [--threshold P]

FOLDER holds items.jsonl and truth.json of the generator. Blocking: the jurisdiction with the first or the last two
characters of the name without frame words; comparisons: the name (Jaro-Winkler), targets, schedule, organizer; u by
random sampling, m by EM, clusters by connected components. `seconds` begins with the file on disk and ends with the
clusters. One JSON object goes to stdout; F1 is that of pairs in one cluster against the planted groups, at each of
some thresholds, since no single one is Splink's own.
"""

import json
import resource
import sys
import time

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
import splink.comparison_library as compare
from truth import pairs_of_groups, scores

FRAME = "(关于|开展|组织|对|通知|方案|专项|监督|检查|督查|督导|考核|评估|抽查|情况|工作|年度|[0-9]{4}年|的|全[县市区旗])"
PLACE = "^[^县市区旗]{1,3}(自治县|县|市|区|旗)"
TEXT = "VARCHAR"


def main():
    folder = sys.argv[1]
    fields = ["id", "name", "jurisdiction", "organizer", "targets", "schedule"]
    wall, cpu = time.perf_counter(), time.process_time()
    connection = duckdb.connect(config={"threads": 2})
    columns = ", ".join(f"'{field}': '{TEXT}'" for field in fields)
    connection.execute(
        f"""CREATE TABLE items AS SELECT id AS unique_id, jurisdiction, organizer, targets, schedule, stripped AS name,
            left(stripped, 2) AS first, right(stripped, 2) AS last
            FROM (SELECT *, regexp_replace(regexp_replace(name, '{FRAME}', '', 'g'), '{PLACE}', '') AS stripped
                  FROM read_json('{folder}/items.jsonl', format='newline_delimited', columns={{{columns}}}))"""
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.75]),
            compare.ExactMatch("targets"),
            compare.ExactMatch("schedule"),
            compare.ExactMatch("organizer"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("jurisdiction", "first"),
            block_on("jurisdiction", "last"),
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("items"), settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("jurisdiction", "first"), block_on("jurisdiction", "organizer")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    # One clustering belongs to the job; the other thresholds are for the best F1 alone.
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.5)
    rows = connection.sql(f"SELECT cluster_id, unique_id FROM {clustered.physical_name}").fetchall()
    seconds, processor = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    truth = pairs_of_groups(f"{folder}/truth.json")
    found = {0.5: scores(rows, truth)}
    for threshold in (0.01, 0.02, 0.05, 0.1, 0.2, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold
        )
        rows = connection.sql(f"SELECT cluster_id, unique_id FROM {clusters.physical_name}").fetchall()
        found[threshold] = scores(rows, truth)
    best = max(found, key=lambda threshold: found[threshold]["f1"])
    print(json.dumps({
        "engine": "splink 5.0.0", "seconds": round(seconds, 2), "cpu": round(processor, 2), "peak_mb": peak // 1_000_000,
        "best_threshold": best, **found[best], "f1_at_0.5": found[0.5]["f1"],
    }))


main()
