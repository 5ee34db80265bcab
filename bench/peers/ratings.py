"""What the three peers of the drift figures share: ratings as bench/network.rs writes them, a file a column, and how results
are kept. METHODS.md 4 has the formulas."""

import sys
from types import SimpleNamespace as Bag

import numpy as np

FOLDER = sys.argv[1]
FEWEST_PAIRS = 3


def column(name, kind="u1"):
    return np.fromfile(f"{FOLDER}/{name}", dtype=kind)


def read():
    """Comparable criteria of different versions have the same number. `long` has a row a rating, and 0 where there is none.
    `wide` has a line an assessment, by Practice and cycle, and a column a criterion."""
    long = Bag(practice=column("practice", "<u4"), cycle=column("cycle"), criterion=column("criterion"))
    own, review, agreed = column("self"), column("review"), column("agreed")
    long.used = np.where(agreed > 0, agreed, np.where(review > 0, review, own))
    long.used[column("not_applicable") == 1] = 0
    # rows of one assessment follow each other
    begins = np.r_[True, (long.practice[1:] != long.practice[:-1]) | (long.cycle[1:] != long.cycle[:-1])]
    wide = np.zeros((begins.sum(), long.criterion.max() + 1), dtype="u1")
    wide[begins.cumsum() - 1, long.criterion] = long.used
    lines = {name: getattr(long, name)[begins] for name in ("practice", "cycle")}
    return Bag(**lines, version=column("version")[begins], wide=wide, long=long)


def parts():
    """Of each element, by number: its criteria. Where a criterion belongs to another element in some versions, with the
    `versions` in which it belongs to this one."""
    table = column("elements").reshape(column("version").max() + 1, -1)
    elements = [[] for _ in range(table[table < 255].max() + 1)]
    for criterion, of in enumerate(table.T):
        for element in np.unique(of[of < 255]):
            versions = np.flatnonzero(of == element)
            moved = len(versions) < (of < 255).sum()
            elements[element].append(Bag(criterion=criterion, versions=versions.tolist() if moved else None))
    return elements


def levels(counts):
    """n, quartiles (type 7) and the share at 4, of rows with the number of ratings at each of the five levels."""
    n, below = counts.sum(axis=1), counts.cumsum(axis=1)
    figures = [n]
    with np.errstate(invalid="ignore"):
        for p in (0.25, 0.5, 0.75):
            place = np.maximum(n - 1, 0) * p
            low = np.floor(place)
            a, b = (1 + (below <= at[:, None]).sum(axis=1) for at in (low, np.minimum(low + 1, n - 1)))
            figures.append(np.where(n > 0, a + (place - low) * (b - a), np.nan))
        figures.append(counts[:, 3:].sum(axis=1) / n)
    return np.column_stack(figures)


def write(path, previous, baseline, levels):
    """Numbers one after the other, row by row, by the first two columns; a missing one is not a number. What moved since the
    assessment before has a 0 after its Practice and cycle, what moved since the first one a 1."""
    with open(path, "wb") as file:
        for table in (np.insert(previous, 2, 0, axis=1), np.insert(baseline, 2, 1, axis=1), levels):
            table[np.lexsort((table[:, 1], table[:, 0]))].astype("<f8").tofile(file)
