"""The drift figures with pandas: `drift_pandas.py FOLDER`.

Loaded as one wide table, a line an assessment and a column a criterion, in 32 bits, which hold whole numbers exactly. From
there on every step works on whole tables; sums within elements are one product with a table of 0 and 1.
"""

from types import SimpleNamespace as Bag

import numpy as np
import pandas as pd
import ratings
from runner import serve


def load():
    rows = ratings.read()
    lines = pd.MultiIndex.from_arrays([rows.practice, rows.cycle], names=["practice", "cycle"])
    wide = pd.DataFrame(rows.wide.astype("float32"), index=lines).replace(0, np.nan)
    # what was asked in which cycle
    asked = pd.DataFrame({"cycle": rows.long.cycle, "criterion": rows.long.criterion}).drop_duplicates()
    elements = ratings.parts()
    parts = [part for of in elements for part in of]
    within = np.repeat(np.eye(len(elements), dtype="float32"), [len(of) for of in elements], axis=0)
    asked = asked.sort_values(["cycle", "criterion"])
    return Bag(wide=wide, version=rows.version, asked=asked, parts=parts, within=within)


def drift(data, later, earlier):
    """From some lines to others, a Practice's both."""
    criteria = [part.criterion for part in data.parts]
    wide = data.wide.to_numpy()
    d = (wide[later] - wide[earlier])[:, criteria]
    for place, part in enumerate(data.parts):
        if part.versions:
            d[~np.isin(data.version[later], part.versions), place] = np.nan
    has = ~np.isnan(d)
    d[~has] = 0
    pairs, net, gross = (table @ data.within for table in (has.astype("float32"), d, np.abs(d)))
    table = pd.DataFrame({"pairs": has.sum(axis=1)}, index=data.wide.index[later])
    with np.errstate(invalid="ignore"):
        table["net"] = net.sum(axis=1, dtype=float) / table["pairs"]
        table["gross"] = gross.sum(axis=1, dtype=float) / table["pairs"]
        table["slips"], table["gains"] = (d < 0).sum(axis=1), (d > 0).sum(axis=1)
        few = pairs < ratings.FEWEST_PAIRS
        elements = [np.where(few, np.nan, figures.astype(float) / pairs) for figures in (net, gross)]
    return table, *elements


def run(data):
    practice = data.wide.index.get_level_values("practice").to_numpy()
    begins = np.r_[True, practice[1:] != practice[:-1]]
    ends = np.r_[practice[1:] != practice[:-1], True]
    rated = [(data.wide == level).groupby(level="cycle").sum() for level in range(1, 6)]
    counts = np.stack([table.to_numpy() for table in rated], axis=2)
    cycles = rated[0].index.get_indexer(data.asked["cycle"])
    return [
        drift(data, np.flatnonzero(~begins), np.flatnonzero(~ends)),
        drift(data, np.flatnonzero(ends & ~begins), np.flatnonzero(begins & ~ends)),
        (data.asked, ratings.levels(counts[cycles, data.asked["criterion"]])),
    ]


def write(result, path):
    *ways, (asked, levels) = result
    keyed = [np.column_stack([table.index.to_frame(), table, *elements]) for table, *elements in ways]
    ratings.write(path, *keyed, np.column_stack([asked, levels]))


serve(f"pandas {pd.__version__}", run, write, load)
