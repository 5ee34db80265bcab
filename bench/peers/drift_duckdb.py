"""The drift figures with DuckDB: `drift_duckdb.py FOLDER`.

Loaded as one wide table, a line an assessment and a column of bytes a criterion (quicker than a window or a join over the
long one, but for small networks), and as a long one, on which levels are counted. Results stay in DuckDB as a table.
"""

from types import SimpleNamespace as Bag

import duckdb
import numpy as np
import ratings
from runner import serve


def load():
    rows = ratings.read()
    long = {name: getattr(rows.long, name) for name in ("cycle", "criterion", "used")}
    wide = {name: getattr(rows, name) for name in ("practice", "cycle", "version")}
    wide |= {f"c{place}": used.copy() for place, used in enumerate(rows.wide.T)}
    duck = duckdb.connect()
    duck.execute("create table long as select cycle, criterion, nullif(used, 0)::tinyint as used from long")
    cells = ", ".join(f"nullif({name}, 0)::tinyint as {name}" for name in wide if name.startswith("c") and name != "cycle")
    duck.execute(
        f"create table wide as select practice, cycle, version, {cells}, row_number() over lines as line,"
        " lag(practice) over lines is distinct from practice as begins"
        " from wide window lines as (order by practice, cycle) order by line"
    )
    return Bag(duck=duck, query=drift(ratings.parts()))


def difference(part):
    d = f"later.c{part.criterion} - earlier.c{part.criterion}"
    versions = ", ".join(map(str, part.versions or []))
    return f"case when later.version in ({versions}) then {d} end" if part.versions else d


def drift(elements):
    """One query of everything that moved: it names each criterion often, and planning it takes longer than a small run."""
    named = [{f"d{part.criterion}_{place}": difference(part) for part in of} for place, of in enumerate(elements)]
    d = ", ".join(f"{of} as {name}" for element in named for name, of in element.items())
    elements = [list(element) for element in named]
    every = [name for of in elements for name in of]

    def total(value, names):
        return " + ".join(f"coalesce({value.format(name)}, 0::tinyint)" for name in names)

    def counted(test, names):
        return " + ".join(f"case when {name} {test} then 1::tinyint else 0::tinyint end" for name in names)

    sums = [f"{counted('< 0', every)} as slips", f"{counted('> 0', every)} as gains"]
    means = []
    for place, names in enumerate(elements):
        sums.append(f"{counted('is not null', names)} as pairs{place}")
        sums.append(f"{total('{}', names)} as net{place}")
        sums.append(f"{total('abs({})', names)} as gross{place}")
    for name in ("net", "gross"):
        for at in range(len(elements)):
            enough = f"pairs{at} >= {ratings.FEWEST_PAIRS}"
            means.append(f"case when {enough} then {name}{at} / pairs{at} end as mean_{name}{at}")
    pairs, net, gross = (
        " + ".join(f"{name}{at}::smallint" for at in range(len(elements))) for name in ("pairs", "net", "gross")
    )
    return (
        f"select practice, cycle, way, pairs, moved / nullif(pairs, 0) as net, shifted / nullif(pairs, 0) as gross,"
        f" slips, gains, {', '.join(means)}"
        f" from (select *, {pairs} as pairs, {net} as moved, {gross} as shifted"
        f" from (select practice, cycle, way, {', '.join(sums)}"
        f" from (select later.practice, later.cycle, way, {d} from {LINES})))"
    )


# since the previous assessment, and from a Practice's first to its last
LINES = (
    "(select line as later, line - 1 as earlier, 0 as way from wide where not begins"
    " union all select max(line), min(line), 1 from wide group by practice having count(*) > 1)"
    " pair join wide later on later.line = pair.later join wide earlier on earlier.line = pair.earlier"
)
LEVELS = "select cycle, criterion, " + ", ".join(f"count(*) filter (used = {level})" for level in range(1, 6))


def run(data):
    data.duck.execute(f"create or replace table moved as {data.query}")
    counts = table(data.duck.execute(f"{LEVELS} from long group by cycle, criterion order by cycle, criterion"))
    return data.duck, counts[:, :2], ratings.levels(counts[:, 2:])


def table(query):
    """Its result as numbers; missing ones are not a number."""
    return np.column_stack([np.ma.filled(column.astype(float), np.nan) for column in query.fetchnumpy().values()])


def write(result, path):
    duck, keys, levels = result
    ways = (table(duck.execute("select * exclude (way) from moved where way = ?", [way])) for way in (0, 1))
    ratings.write(path, *ways, np.column_stack([keys, levels]))


serve(f"DuckDB {duckdb.__version__}", run, write, load)
