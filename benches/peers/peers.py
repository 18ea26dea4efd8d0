"""Joins titles with other libraries and says what it took.

    peers.py ENGINE TITLES THRESHOLD [--pairs FILE]

ENGINE: difflib-fast (exact TF-IDF cosine), sparse-dot-topn (TF-IDF product, the best 100 of each title),
rensa (MinHash LSH, then the cosine of what it proposes). Tokens are the different pairs of neighbouring
characters of a title. `seconds` begins when the tokens are there, as Python lists, and ends with the pairs; `cpu` is the processor
time of all threads within it, which other work on the machine disturbs less.
`--pairs` writes the pairs as little-endian u32, the lesser title first, sorted.
"""

import json
import math
import resource
import sys
import time
from collections import Counter

import numpy as np


class Clock:
    """Seconds and processor seconds since it was made."""

    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def stop(self):
        return time.perf_counter() - self.wall, time.process_time() - self.cpu


def tokens_of(title):
    return sorted({title[i : i + 2] for i in range(len(title) - 1)})


def difflib_fast(docs, threshold):
    import difflib_fast

    clock = Clock()
    pairs = difflib_fast.cosine_join(docs, threshold, "cpu", 2)
    spent = clock.stop()
    return spent, np.array([(a, b) for a, b, _ in pairs], dtype=np.uint32).reshape(-1, 2)


def tf_idf(docs):
    from scipy.sparse import csr_matrix

    numbers, frequency, columns, ends = {}, Counter(), [], [0]
    for doc in docs:
        for token in doc:
            columns.append(numbers.setdefault(token, len(numbers)))
            frequency[token] += 1
        ends.append(len(columns))
    weight = np.zeros(len(numbers))
    for token, number in numbers.items():
        weight[number] = math.log(len(docs) / frequency[token])
    matrix = csr_matrix((weight[columns], columns, ends), shape=(len(docs), len(numbers)))
    norms = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    norms[norms == 0] = 1
    matrix.data /= np.repeat(norms, np.diff(matrix.indptr))
    return matrix


def sparse_dot_topn(docs, threshold):
    from sparse_dot_topn import sp_matmul_topn

    clock = Clock()
    matrix = tf_idf(docs)
    product = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=100, threshold=threshold, n_threads=2).tocoo()
    spent = clock.stop()
    ordered = product.row < product.col
    return spent, np.stack([product.row[ordered], product.col[ordered]], axis=1).astype(np.uint32)


def rensa(docs, threshold):
    from rensa import RMinHash, RMinHashLSH

    clock = Clock()
    index = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32)
    hashes = []
    for number, doc in enumerate(docs):
        hashed = RMinHash(num_perm=128, seed=1)
        hashed.update(doc)
        index.insert(number, hashed)
        hashes.append(hashed)
    matrix = tf_idf(docs)
    pairs = []
    for number, hashed in enumerate(hashes):
        near = np.array([other for other in index.query(hashed) if other > number], dtype=np.int64)
        if near.size:
            cosine = (matrix[near] @ matrix[number].T).toarray().ravel()
            pairs.extend((number, other) for other in near[cosine >= threshold])
    spent = clock.stop()
    return spent, np.array(pairs, dtype=np.uint32).reshape(-1, 2)


def main():
    engine, file, threshold = sys.argv[1:4]
    with open(file, encoding="utf-8") as lines:
        docs = [tokens_of(line.rstrip("\n")) for line in lines]
    engines = {"difflib-fast": difflib_fast, "sparse-dot-topn": sparse_dot_topn, "rensa": rensa}
    (seconds, cpu), pairs = engines[engine](docs, float(threshold))
    print(
        json.dumps(
            {
                "engine": engine,
                "n": len(docs),
                "threshold": float(threshold),
                "seconds": round(seconds, 2),
                "cpu": round(cpu, 2),
                "pairs": len(pairs),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        ),
        flush=True,
    )
    if "--pairs" in sys.argv:
        pairs = np.unique(pairs, axis=0) if len(pairs) else pairs
        pairs.astype("<u4").tofile(sys.argv[sys.argv.index("--pairs") + 1])


main()
