"""The drift figures with polars: `drift_polars.py FOLDER`.

Loaded as one wide table, a line an assessment and a column of bytes a criterion, and as a long one, on which levels are
counted more quickly. One lazy query for each of the three results, all of them collected together, over all cores.
"""

from types import SimpleNamespace as Bag

import polars as pl
import ratings
from polars import col
from runner import serve


def load():
    rows = ratings.read()
    used = none_for_0(pl.DataFrame(rows.wide, schema=[str(place) for place in range(rows.wide.shape[1])]))
    wide = pl.DataFrame({"practice": rows.practice, "cycle": rows.cycle, "version": rows.version}).hstack(used)
    long = pl.DataFrame({name: getattr(rows.long, name) for name in ("cycle", "criterion")})
    return Bag(wide=wide, long=long.hstack(none_for_0(pl.DataFrame({"used": rows.long.used}))), elements=ratings.parts())


def none_for_0(table):
    return table.select(pl.all().replace(0, None).cast(pl.Int8))


def difference(part):
    d = col(str(part.criterion)) - col(f"{part.criterion} before")
    return pl.when(col("version").is_in(part.versions)).then(d) if part.versions else d


def drift(elements, later, earlier):
    """From the lines of one table to those of another, a Practice's both."""
    before = earlier.select(pl.exclude("practice", "cycle", "version").name.suffix(" before"))
    both = pl.concat([later, before], how="horizontal")
    named = [{f"{part.criterion} of {place}": difference(part) for part in of} for place, of in enumerate(elements)]
    d = both.select("practice", "cycle", **{name: of for element in named for name, of in element.items()})
    elements = [list(element) for element in named]
    every = [name for of in elements for name in of]

    def counted(test, names):
        return total(lambda d: test(d).cast(pl.Int8), names)

    def total(value, names):
        return pl.sum_horizontal(value(col(name)) for name in names).cast(pl.Int16)

    sums = [counted(lambda d: d < 0, every).alias("slips"), counted(lambda d: d > 0, every).alias("gains")]
    means = []
    for place, names in enumerate(elements):
        sums.append(counted(lambda d: d.is_not_null(), names).alias(f"pairs {place}"))
        sums.append(total(lambda d: d, names).alias(f"net {place}"))
        sums.append(total(lambda d: d.abs(), names).alias(f"gross {place}"))
    for name in ("net", "gross"):
        for place in range(len(elements)):
            pairs = col(f"pairs {place}")
            means.append(pl.when(pairs >= ratings.FEWEST_PAIRS).then(col(f"{name} {place}") / pairs).alias(f"mean {name} {place}"))
    pairs, net, gross = (pl.sum_horizontal(f"{name} {p}" for p in range(len(elements))) for name in ("pairs", "net", "gross"))
    some = pl.when(pairs > 0).then(pairs)
    whole = [pairs.alias("pairs"), (net / some).alias("net"), (gross / some).alias("gross"), "slips", "gains"]
    return d.select("practice", "cycle", *sums).select("practice", "cycle", *whole, *means)


def run(data):
    wide = data.wide.lazy()
    begins = (col("practice") != col("practice").shift()).fill_null(True)
    ends = (col("practice") != col("practice").shift(-1)).fill_null(True)
    levels = [(col("used") == level).sum().alias(str(level)) for level in range(1, 6)]
    *ways, levels = pl.collect_all(
        [
            drift(data.elements, wide.filter(~begins), wide.filter(~ends)),
            drift(data.elements, wide.filter(ends & ~begins), wide.filter(begins & ~ends)),
            data.long.lazy().group_by("cycle", "criterion").agg(levels).sort("cycle", "criterion"),
        ]
    )
    return ways, levels.select("cycle", "criterion"), ratings.levels(levels[:, 2:].to_numpy())


def write(result, path):
    ways, keys, levels = result
    ratings.write(path, *(table.to_numpy() for table in ways), keys.hstack(pl.DataFrame(levels)).to_numpy())


serve(f"polars {pl.__version__}", run, write, load)
