"""Copies what the pages show from our SQLite database into Django's: `fill.py OURS E-MAIL…`.

Prints Django's version, and for each address the key of a session that is signed in. Wants the variables of settings.py and practices/criteria.py.
"""

import os
import sqlite3
import sys

import django
import gunicorn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from practices import models
from practices.markdown import html

CLASSES = {
    "consistent": "Agreed adaptation, consistent with the framework",
    "not_consistent": "Agreed adaptation, not consistent with the framework",
    "unplanned": "Unplanned drift",
    "unexplained": "Not yet explained",
}
FILES = {"pdf": "PDF", "word": "Word", "excel": "Excel", "text": "Text", "csv": "CSV", "markdown": "Markdown"}
KINDS = {"link": "Link", "note": "Note"}


def rows(query, *values):
    return OURS.execute(query, values).fetchall()


def add(model, made):
    """Writes rows, given with our ids; gives them by these."""
    made = dict(made)
    model.objects.bulk_create(made.values())
    return made


def moment(text):
    return parse_datetime(text) if text else None


def day(text):
    return parse_date(text) if text else None


def both(name, text):
    return {name: text or "", f"{name}_html": html(text)}


def made_of(row):
    if row["file_name"] is None:
        return KINDS["link" if row["link"] else "note"]
    size = row["file_size"]
    size = f"{size} bytes" if size < 1024 else f"{-(-size // 1024)} kB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"
    return f"{FILES.get(row['file_type'], 'Image')}, {size}"


def state(row):
    if row["ruling"] == "refused":
        return "Not agreed"
    return "Waiting for a decision" if row["proposed_at"] else "Draft"


def copy():
    people = add(models.Person, ((r["id"], models.Person(
        email=r["email"], name=r["name"], national=r["national_role"] is not None, password="!"))
        for r in rows("select * from person")))
    practices = add(models.Practice, ((r["id"], models.Practice(slug=r["slug"], name=r["name"]))
        for r in rows("select * from practice")))
    add(models.Membership, enumerate(models.Membership(
        person=people[r["person_id"]], practice=practices[r["practice_id"]], role=r["role"])
        for r in rows("select * from membership")))
    add(models.Notice, ((r["id"], models.Notice(person=people[r["person_id"]], read_at=moment(r["read_at"])))
        for r in rows("select * from notice")))
    # of an assessment that was taken up again the latest edition
    assessments = add(models.Assessment, ((r["id"], models.Assessment(
        practice=practices[r["practice_id"]], cycle=r["cycle"], version=r["version"], status=r["status"],
        begun=moment(r["created_at"]), submitted=moment(r["submitted_at"]),
        finished=moment(r["status_since"]) if r["status"] == "finalised" and not r["imported"] else None))
        for r in rows("select * from assessment a where edition = (select max(edition) from assessment b"
                      " where b.practice_id = a.practice_id and b.cycle = a.cycle)")))
    for r in rows("select * from reviewer"):
        if r["assessment_id"] in assessments:
            assessments[r["assessment_id"]].reviewers.add(people[r["person_id"]])
    copy_said(assessments)
    copy_beside(practices, assessments)
    return people


def copy_said(assessments):
    def part(table):
        return [r for r in rows(f"select * from {table}") if r["assessment_id"] in assessments]

    def said(r):
        own = {"assessment": assessments[r["assessment_id"]], "criterion": r["criterion"], "rating": r["rating"]}
        return own | {"revision": r["revision"]} | both("comment", r["comment"])

    rulings = {r["adaptation_id"]: r["ruling"] for r in rows("select adaptation_id, ruling from adaptation_round")}
    add(models.Answer, ((r["id"], models.Answer(
        **said(r), not_applicable=bool(r["not_applicable"]), measure=r["measure"], saved_at=moment(r["updated_at"]),
        saved_by=r["updated_who"], **both("reason", r["na_reason"]), **both("evidence", r["evidence"]),
        **both("adaptation", r["adaptation"])))
        for r in part("answer")))
    add(models.Review, ((r["id"], models.Review(**said(r), question=r["question"] or "")) for r in part("review")))
    add(models.Agreement, ((r["id"], models.Agreement(
        **said(r), put_down_to=CLASSES.get(rulings.get(r["adaptation_id"], r["class"]), "")))
        for r in part("agreement")))
    threads = add(models.Thread, ((r["id"], models.Thread(
        assessment=assessments[r["assessment_id"]], criterion=r["criterion"], state=r["state"]))
        for r in part("clarification")))
    add(models.Message, ((r["id"], models.Message(
        thread=threads[r["clarification_id"]], place=r["revision"], side=r["side"], at=moment(r["at"]), text=r["body"]))
        for r in part("clarification_message")))


def copy_beside(practices, assessments):
    evidence = add(models.Evidence, (((r["evidence_id"], r["number"]), models.Evidence(
        key=r["evidence_id"].hex(), number=r["number"], title=r["title"], made_of=made_of(r), true_of=day(r["true_of"]),
        review_by=day(r["review_by"])))
        for r in rows("select * from evidence_version")))
    add(models.Citation, ((r["id"], models.Citation(
        assessment=assessments[r["assessment_id"]], criterion=r["criterion"],
        evidence=evidence[r["evidence_id"], r["number"]]))
        for r in rows("select * from citation") if r["assessment_id"] in assessments))
    # the latest round is what the pages show
    add(models.Adaptation, ((r["adaptation_id"], models.Adaptation(
        practice=practices[r["practice_id"]], key=r["adaptation_id"].hex(), title=r["title"], state=state(r),
        criteria=r["criteria"].split(), agreed_as=CLASSES.get(r["ruling"], ""), since=day(r["since"]),
        until=day(r["agreed_until"] if r["ruling"] in CLASSES else r["until"])))
        for r in rows("select * from adaptation_round order by adaptation_id, number")))
    add(models.Action, ((r["id"], models.Action(
        practice=practices[r["practice_id"]], key=r["id"].hex(), cycle=r["cycle"], version=r["version"],
        criterion=r["criterion"], what_html=html(r["what"]), owner=r["owner"], due=day(r["due"]), state=r["state"],
        support_html=html(r["support"]), closing_html=html(r["closing"]), raised_at=moment(r["raised_at"]),
        closed_at=moment(r["closed_at"])))
        for r in rows("select * from plan_action")))


def sign_in(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


OURS = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
OURS.row_factory = sqlite3.Row
print(f"Django {django.__version__}, gunicorn {gunicorn.__version__}")
call_command("migrate", run_syncdb=True, verbosity=0)
with transaction.atomic():
    people = {person.email: person for person in copy().values()}
    for email in sys.argv[2:]:
        print(sign_in(people[email]))
