"""The national figures with pandas: `figures.py FOLDER`, which holds rows.csv and criteria.csv.

Written as pandas is quickest: `load` leaves one wide table a cycle (a line an assessment, a column a criterion), the shape
in which our store hands assessments over; from there on every step works on whole tables. METHODS.md has the formulas.
"""

import sys
from types import SimpleNamespace as Bag

import numpy as np
import pandas as pd
from runner import serve

FOLDER = sys.argv[1]
NOW, PREVIOUS = "2026", "2025"
EXPLAINED = ["consistent", "not_consistent"]
LEVELS = np.arange(5)
WEIGHT = 1 - (LEVELS[:, None] - LEVELS) ** 2 / 16  # quadratic, of agreement


def load():
    words = ["practice", "cycle", "version", "criterion", "class"]
    numbers = ["self", "review", "agreed", "not_applicable"]
    rows = pd.read_csv(f"{FOLDER}/rows.csv", dtype=dict.fromkeys(words, "category") | dict.fromkeys(numbers, "float64"))
    for word in ("cycle", "version"):  # read as numbers
        rows[word] = rows[word].cat.rename_categories(str)
    rows["used"] = rows["agreed"].fillna(rows["review"]).fillna(rows["self"]).where(rows["not_applicable"] == 0)
    rows["explained"] = rows["class"].isin(EXPLAINED).astype(float)
    rows["classed"] = rows["class"].notna().astype(float)
    criteria = pd.read_csv(f"{FOLDER}/criteria.csv", dtype={"version": str})
    rated = ["self", "review", "explained", "classed"]
    cycles = {}
    for (cycle, version), part in rows.groupby(["cycle", "version"], observed=True):
        own = criteria[criteria["version"] == version].set_index("criterion")
        wide = part.pivot(index="practice", columns="criterion", values=["used", "not_applicable", *rated])
        wide.index = wide.index.astype(str)
        wide = Bag(**{value: wide[value][list(own.index)] for value in wide.columns.levels[0]})
        cycles[cycle] = Bag(own=own, applicable=wide.not_applicable == 0, **vars(wide))
    cycles[NOW].explained = cycles[NOW].explained == 1
    cycles[NOW].classed = cycles[NOW].classed == 1
    return cycles


def members(own):
    """Which criterion belongs to which element: a table of 0 and 1."""
    return pd.get_dummies(own["element"], dtype=float)


def score(own, used, applicable):
    within = members(own)
    weights = within.mul(own["weight"], axis=0)
    answered = used.notna().astype(float)
    rated, of = answered @ within, applicable.astype(float) @ within
    elements = ((used.fillna(0) @ weights) / (answered @ weights)).where((of > 0) & (rated * 5 >= of * 4))
    overall = elements.mean(axis=1).mask(((of > 0) & elements.isna()).any(axis=1))
    return elements.assign(overall=overall), rated.sum(axis=1) / of.sum(axis=1)


def levels(values):
    table = values.quantile([0.25, 0.5, 0.75])
    table.index = ["q1", "median", "q3"]
    table.loc["n"] = values.notna().sum()
    table.loc["share"] = (values + 1e-9 >= 4).sum() / table.loc["n"]
    return table


def shift(before, after, moved):
    """Of tables with the same lines; a column counts where both have a value. `moved` is the mean drift of each column."""
    both = before.notna() & after.notna()
    a, b = levels(before.where(both)), levels(after.where(both))
    spread = (b.loc["q3"] - b.loc["q1"]) - (a.loc["q3"] - a.loc["q1"])
    return pd.DataFrame({"in_both": both.sum(), "drift": moved, "spread": spread}).T


def to_now(cycle, now):
    """An earlier cycle's ratings under the names of the last one's comparable criteria."""
    names = cycle.own["now"].dropna()
    used, applicable = (t[names.index].set_axis(names, axis=1) for t in (cycle.used, cycle.applicable))
    order = [name for name in now.own.index if name in used]
    return used[order], applicable[order]


def drift(now, earlier, recent=None):
    """`earlier`: ratings of some earlier cycles, the one that counts first. `recent`: the slips since the previous one;
    others are asked about only where they are low or have a class, and only what is asked about can be unexplained."""
    before = pd.concat(earlier)
    before = before[~before.index.duplicated()]
    before = before[before.index.isin(now.used.index)]
    d = now.used.loc[before.index, before.columns] - before
    slipped = d < 0
    unexplained = slipped & ~now.explained.loc[before.index, before.columns]
    if recent is not None:
        asked = now.classed.loc[before.index, before.columns] | (now.used.loc[before.index, before.columns] < 4)
        unexplained &= asked | recent.reindex(index=before.index, columns=before.columns, fill_value=False)
    within = members(now.own).loc[before.columns]
    pairs = d.notna().astype(float) @ within
    enough = pairs >= 3
    whole = {"pairs": d.notna().sum(axis=1), "net": d.mean(axis=1), "gross": d.abs().mean(axis=1)}
    whole |= {"slips": slipped.sum(axis=1), "gains": (d > 0).sum(axis=1), "unexplained": unexplained.sum(axis=1)}
    return Bag(
        slipped=slipped,
        whole=pd.DataFrame(whole),
        net=((d.fillna(0) @ within) / pairs).where(enough),
        gross=((d.abs().fillna(0) @ within) / pairs).where(enough),
        criteria=pd.DataFrame({"slips": slipped.sum(), "unexplained": unexplained.sum()}).T.reindex(
            columns=now.used.columns, fill_value=0
        ),
    )


def agreement(now):
    own, review = now.self.to_numpy(), now.review.to_numpy()
    names = sorted(now.own["element"].unique())
    element = np.searchsorted(names, now.own["element"])
    pair = ~np.isnan(own) & ~np.isnan(review) & now.applicable.to_numpy()
    cell = (np.where(pair, own - 1, 0) * 5 + np.where(pair, review - 1, 0)).astype(int) + 25 * element
    counts = np.bincount(cell[pair], minlength=25 * len(names)).reshape(-1, 5, 5)
    counts = np.concatenate([counts, counts.sum(axis=0, keepdims=True)]).astype(float)
    n = counts.sum(axis=(1, 2))
    p = counts / n[:, None, None]
    rows, columns = p.sum(axis=2), p.sum(axis=1)
    apart = LEVELS[:, None] - LEVELS
    seen = (p * WEIGHT).sum(axis=(1, 2))
    chance = (rows[:, :, None] * columns[:, None, :] * WEIGHT).sum(axis=(1, 2))
    pi = (rows + columns) / 2
    share = WEIGHT.sum() / 20
    chance2 = share * (pi * (1 - pi)).sum(axis=1)
    ac2 = (seen - chance2) / (1 - chance2)
    figures = {
        "n": n,
        "exact": (p * (apart == 0)).sum(axis=(1, 2)),
        "within_one": (p * (abs(apart) <= 1)).sum(axis=(1, 2)),
        "bias": (p * apart).sum(axis=(1, 2)),
        "kappa": (seen - chance) / (1 - chance),
        "ac2": ac2,
    }
    return pd.DataFrame(figures, index=[*names, "overall"]).T


def run(cycles):
    now, report = cycles[NOW], {}
    scored = {cycle: score(c.own, c.used, c.applicable) for cycle, c in cycles.items()}
    mine, coverage = scored[NOW]
    gaps = (now.used.loc[:, now.own["core"] == 1] <= 2).sum(axis=1)
    report["score"] = mine
    report["whole"] = pd.DataFrame({"coverage": coverage, "core_gaps": gaps})
    for cycle, (scores, _) in scored.items():
        report[f"levels {cycle}"] = levels(scores[[c for c in mine if c in scores]])
    report["criteria"] = levels(now.used)

    earlier = {cycle: to_now(c, now) for cycle, c in cycles.items() if cycle != NOW}
    order = sorted(earlier)
    ways = {"previous": order[::-1], "baseline": order}
    recent = None
    for way, order in ways.items():
        moved = drift(now, [earlier[cycle][0] for cycle in order], recent)
        recent = moved.slipped
        report |= {f"{way} whole": moved.whole, f"{way} net": moved.net, f"{way} gross": moved.gross}

    # the network's drift: both cycles over the criteria that their versions share, three or more an element
    used, applicable = earlier[PREVIOUS]
    both = used.index.intersection(now.used.index)
    of = now.own.loc[used.columns, "element"]
    shared = of[of.groupby(of).transform("size") >= 3].index
    own = now.own.loc[shared]
    before, _ = score(own, used.loc[both, shared], applicable.loc[both, shared])
    after, _ = score(own, now.used.loc[both, shared], now.applicable.loc[both, shared])
    step = drift(now, [used])
    whole = step.whole["net"].where(step.whole["pairs"] >= 3)
    report["slips"] = step.criteria
    report["shift"] = shift(before, after, step.net.assign(overall=whole).mean())
    d = now.used.loc[both, used.columns] - used.loc[both]
    report["shift criteria"] = shift(used.loc[both], now.used.loc[both, used.columns], d.mean())
    report["agreement"] = agreement(now)
    return report


def write(report, path):
    """A line a figure: its name in four parts, and the figure."""
    with open(path, "w", encoding="utf-8") as file:
        for name, table in report.items():
            for (line, column), figure in table.stack().dropna().items():
                file.write(f"{name}\t{line}\t{column}\t{float(figure)!r}\n")


serve(f"pandas {pd.__version__}", run, write, load)
