"""Which share of the exact pairs another engine found: recall.py ENGINE THRESHOLD EXACT FOUND."""

import json
import sys

import numpy as np


def pairs(file):
    return set(np.fromfile(file, dtype="<u8").tolist())


engine, threshold, exact, found = sys.argv[1:]
exact, found = pairs(exact), pairs(found)
print(
    json.dumps(
        {
            "engine": engine,
            "threshold": float(threshold),
            "recall": round(len(exact & found) / max(len(exact), 1), 4),
            "not_exact": len(found - exact),
        }
    )
)
