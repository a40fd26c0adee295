"""Peer: TF-IDF over triples of letters, the twenty nearest by sparse_dot_topn, re-scored."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from benchmarks.matchers.measuring import Ask, Guess, Row
from benchmarks.matchers.rescoring import TOP, WORKERS, Scorer, normal

LEAST = 0.05


def build(rows: Iterable[Row], _folder: Path) -> Ask:
    """The registry as a sparse matrix."""
    scorer = Scorer(rows)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    known = vectors.fit_transform(scorer.names).T.tocsr()

    def ask(tips: Sequence[Row]) -> list[Guess]:
        names = [normal(tip["name"]) for tip in tips]
        asked = vectors.transform(names)
        near = sp_matmul_topn(asked, known, top_n=TOP, threshold=LEAST, n_threads=WORKERS)
        at, found = near.indptr, near.indices
        return [scorer.best(tip, names[i], found[at[i] : at[i + 1]]) for i, tip in enumerate(tips)]

    return ask
