"""The versions of the criteria, read once when the site starts, their markdown made into HTML then."""

import json
import os
from types import SimpleNamespace as Bag

from django.utils.safestring import mark_safe
from practices.markdown import html, inline

LEVELS = {5: "In place and sustained", 4: "In place", 3: "Partly in place", 2: "Early", 1: "Not in place"}
LEADS = {
    "equivalent": "Reworded, same meaning. ",
    "subset": "Asks for a part of what it did. ",
    "superset": "Now harder to meet. ",
    "intersects": "Asks for partly other things. ",
    "new": "New. ",
}
COMPARABLE = ("equal", "equivalent")


def words(rating):
    return f"{rating} – {LEVELS[rating]}" if rating else None


def level(criterion, value, name, means=None):
    """A radio button; the first one's id is the field's name."""
    field = f"{criterion.id}.rating"
    own = field if value == 5 else f"{field}-{value}"
    return Bag(value=value, words=name, id=own, means_id=f"{field}-{value}-means", means=means)


def read_criterion(raw, parameters):
    criterion = Bag(**raw)
    for part in ("asks", "why", "evidence", "may_vary", "before_launch"):
        setattr(criterion, part, html(raw[part]) if raw[part] else None)
    anchors = [inline(text) for text in raw["anchors"]]
    criterion.anchors = [Bag(level=f"{rating} {name}", means=anchors[rating - 1]) for rating, name in LEVELS.items()]
    criterion.levels = [level(criterion, r, words(r), anchors[r - 1]) for r in LEVELS]
    if criterion.not_applicable:
        criterion.levels.append(level(criterion, "na", "Not applicable here"))
    criterion.plain_levels = [level(criterion, rating, words(rating)) for rating in LEVELS]
    criterion.status = raw["status"].capitalize()
    criterion.parameters = [p for p in parameters if p["id"] in raw["parameters"]]
    if measure := raw["measure"]:
        criterion.range = f"From {measure['minimum']:g} to {measure['maximum']:g} ({measure['unit']})."
    before = raw["before"] or {"relation": "equal", "of": [criterion.id], "change": ""}
    criterion.came_from = before["of"]
    criterion.comparable = before["relation"] in COMPARABLE
    lead = LEADS.get(before["relation"])
    criterion.changed = Bag(lead=lead, words=inline(before["change"])) if lead and raw["before"] else None
    return criterion


def read_version(raw):
    criteria = [read_criterion(criterion, raw["parameters"]) for criterion in raw["criteria"]]
    elements = [Bag(id=e["id"], title=e["title"], about=mark_safe(html(e["about"])), place=place, criteria=())
                for place, e in enumerate(raw["elements"], 1)]
    for element in elements:
        element.criteria = [criterion for criterion in criteria if criterion.element == element.id]
    by_id = {criterion.id: criterion for criterion in criteria}
    return Bag(id=raw["version"], elements={e.id: e for e in elements}, criteria=by_id, count=len(elements))


with open(os.environ["PEER_CRITERIA"], encoding="utf-8") as file:
    VERSIONS = {raw["version"]: read_version(raw) for raw in json.load(file)}
