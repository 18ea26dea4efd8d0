"""Pairs in one group: of the planted truth, of clusters, of dispositions.csv.

    truth.py FOLDER OUT     scores OUT/dispositions.csv against FOLDER/truth.json
"""

import csv
import json
import sys
from collections import Counter, defaultdict


def pairs_of_groups(path):
    """The group of every item that is in one, and the number of pairs."""
    with open(path, encoding="utf-8") as file:
        groups = json.load(file)["groups"]
    group_of, pairs = {}, 0
    for number, group in enumerate(groups):
        members = [group["core"], *(member["id"] for member in group["members"])]
        pairs += len(members) * (len(members) - 1) // 2
        for member in members:
            group_of[member] = number
    return group_of, pairs


def scores(rows, truth):
    """Pairwise precision, recall and F1 of rows (cluster, item); no pair is enumerated."""
    group_of, wanted = truth
    size, common = Counter(), defaultdict(Counter)
    for cluster, item in rows:
        size[cluster] += 1
        if item in group_of:
            common[cluster][group_of[item]] += 1
    choose = lambda count: count * (count - 1) // 2
    found = sum(choose(count) for count in size.values())
    right = sum(choose(count) for groups in common.values() for count in groups.values())
    precision, recall = right / found if found else 0, right / wanted if wanted else 0
    f1 = 2 * precision * recall / (precision + recall) if right else 0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "pairs": found}


def main():
    folder, out = sys.argv[1:3]
    with open(f"{out}/dispositions.csv", encoding="utf-8", newline="") as file:
        rows = [(row["plan_item"], row["item_id"]) for row in csv.DictReader(file) if row["plan_item"]]
    print(json.dumps({"engine": "tongchou", **scores(rows, pairs_of_groups(f"{folder}/truth.json"))}))


if __name__ == "__main__":
    main()
