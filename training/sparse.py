"""Lists of features as a sparse table, for those who fit weights to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import numpy as np
from scipy.sparse import csr_matrix


def frequent(examples: Iterable[Iterable[str]], fewest: int) -> list[str]:
    """Return the features that at least so many examples have, sorted."""
    counts = Counter(feature for example in examples for feature in set(example))
    return sorted(feature for feature, count in counts.items() if count >= fewest)


def feature_table(examples: Collection[Iterable[str]], names: Iterable[str]) -> csr_matrix:
    """Return example × feature, 1 where an example has one of these features."""
    columns = {name: column for column, name in enumerate(names)}
    indices: list[int] = []
    ends = [0]
    for example in examples:
        indices += sorted({columns[feature] for feature in example if feature in columns})
        ends.append(len(indices))
    shape = (len(examples), len(columns))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=shape)
