"""The element page and the review sheet: one query a table, for the element's criteria only."""

from types import SimpleNamespace as Bag

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.text import Truncator
from practices.criteria import VERSIONS, words
from practices.models import Action, Adaptation, Agreement, Answer, Assessment, Citation, Membership, Notice, Review, Thread

THREADS = {
    "waits_for_practice": ("Awaiting the Practice", "yellow"),
    "waits_for_national": ("Waits for National Pause", "purple"),
    "answered": ("Answered", "light-blue"),
    "resolved": ("Resolved", "green"),
    "carried": ("Carried as an action", "grey"),
}
SIDES = {"practice": "The Practice", "national": "National Pause"}
TIMES = {0: "", 1: ", carried over once", 2: ", carried over twice"}


class Entry:
    """What was said on a criterion in one assessment."""

    def __init__(self, assessment, criterion, answers, reviews, agreements):
        key = (assessment.id, criterion)
        self.answer, self.review, self.agreement = answers.get(key), reviews.get(key), agreements.get(key)
        own = self.answer.rating if self.answer else None
        review = self.review.rating if self.review else None
        agreed = (self.agreement.rating if self.agreement else None) or (review if own == review else None)
        self.not_applicable = bool(self.answer and self.answer.not_applicable)
        self.used = None if self.not_applicable else agreed or review or own
        self.own, self.reviewed, self.agreed = words(own), words(review), words(agreed)


def by_criterion(model, assessments, criteria):
    found = model.objects.filter(assessment__in=assessments, criterion__in=criteria)
    return {(row.assessment_id, row.criterion): row for row in found}


def grouped(rows):
    groups = {}
    for row in rows:
        groups.setdefault(row.criterion, []).append(row)
    return groups


def assessment_of(slug, cycle):
    """The assessment, the latest finalised one of an earlier cycle, and all of the Practice."""
    every = list(Assessment.objects.filter(practice__slug=slug).select_related("practice").order_by("cycle"))
    this = next((one for one in every if one.cycle == cycle), None)
    if this is None:
        raise Http404
    before = [one for one in every if one.cycle < cycle and one.status == "finalised"]
    return this, before[-1] if before else None, every


def lines(this, before, every, criteria):
    """One a criterion: all that both pages show of it."""
    now = timezone.now()
    ids = {id for criterion in criteria for id in (criterion.id, *criterion.came_from)}
    both = [one for one in (this, before) if one]
    said = [by_criterion(model, both, ids) for model in (Answer, Review, Agreement)]
    cited = grouped(
        Citation.objects.filter(assessment=this, criterion__in=ids).select_related("evidence").order_by("evidence__title")
    )
    threads = Thread.objects.filter(assessment=this, criterion__in=ids).prefetch_related("messages")
    threads = {thread.criterion: thread for thread in threads}
    adaptations = list(Adaptation.objects.filter(practice=this.practice))
    actions = handed_on(this, before, every, now)
    day = this.submitted or now
    same_version = before and before.version == this.version
    for criterion in criteria:
        entry = Entry(this, criterion.id, *said)
        earlier = [Entry(before, id, *said) for id in criterion.came_from] if before else []
        comparable = same_version or criterion.comparable
        yield Bag(
            criterion=criterion,
            entry=entry,
            before=earlier[0] if earlier and comparable else None,
            related=[] if comparable else related(before, criterion, earlier),
            changed=None if same_version else criterion.changed,
            drift=drift(entry, earlier[0]) if earlier and comparable else "",
            actions=actions.get(criterion.id, []),
            register=[shown(a, day) for a in adaptations if criterion.id in a.criteria],
            cited=[Bag(evidence=c.evidence, expired=expired(c.evidence, now)) for c in cited.get(criterion.id, [])],
            thread=in_short(threads.get(criterion.id)),
        )


def related(before, criterion, earlier):
    if not before:
        return []
    titles = VERSIONS[before.version].criteria
    return [Bag(title=titles[id].title, entry=entry) for id, entry in zip(criterion.came_from, earlier)]


def drift(entry, earlier):
    if not entry.used or not earlier.used:
        return ""
    moved = entry.used - earlier.used
    if moved == 0:
        return "Criterion unchanged"
    return f"▲ Up by {moved} since then" if moved > 0 else f"▼ Down by {-moved} since then"


def handed_on(this, before, every, now):
    """The Practice's actions of earlier cycles that are open, or were closed since, by the criterion that they are about now."""
    criteria = VERSIONS[this.version].criteria
    heirs = {id: criterion.id for criterion in criteria.values() if criterion.comparable for id in criterion.came_from}
    actions = {}
    for action in Action.objects.filter(practice=this.practice, cycle__lt=this.cycle):
        if action.closed_at and before and before.finished and action.closed_at <= before.finished:
            continue
        there = action.criterion if action.version == this.version else heirs.get(action.criterion, action.criterion)
        action.title = VERSIONS[action.version].criteria[action.criterion].title
        open_then = [one for one in every if one.cycle > action.cycle and action.raised_at < one.begun]
        carried = len([one for one in open_then if not action.closed_at or one.begun <= action.closed_at])
        action.raised = f"Raised in {action.cycle}{TIMES.get(carried, f', carried over {carried} times')}"
        action.tag = tag(action, now)
        actions.setdefault(there, []).append(action)
    return actions


def tag(action, now):
    if action.state != "open":
        return Bag(words=action.state.capitalize(), colour="green" if action.state == "done" else "grey")
    left = (action.due - now.date()).days
    if left < 0:
        return Bag(words="Overdue", colour="red")
    return Bag(words="Due soon", colour="yellow") if left <= 14 else Bag(words="Open", colour="blue")


def shown(adaptation, day):
    """An entry of the register and where it stands on a day."""
    on = dated(day, "j F Y")
    since, until = adaptation.since, adaptation.until
    if not adaptation.agreed_as:
        stands = adaptation.state
    elif until and until < day.date():
        stands = f"over on {on}"
    elif since <= day.date():
        stands = f"{adaptation.agreed_as}, in force on {on}"
    else:
        stands = f"agreed, not in force on {on}"
    return Bag(adaptation=adaptation, stands=stands)


def expired(evidence, now):
    return evidence.review_by is not None and evidence.review_by < now.date()


def in_short(thread):
    """The last question and answer."""
    if not thread:
        return None
    messages = sorted(thread.messages.all(), key=lambda message: message.place)
    for message in messages:
        message.speaker, message.short = SIDES[message.side], Truncator(message.text).chars(282, truncate=" …")
    state, colour = THREADS[thread.state]
    return Bag(state=state, colour=colour, last=messages[-2:], earlier=len(messages[:-2]), criterion=thread.criterion)


def page(request, template, this, before, part, lines, **more):
    version = VERSIONS[this.version]
    unread = Notice.objects.filter(person=request.user, read_at=None).count()
    more |= {"assessment": this, "before": before, "element": part, "lines": lines, "of": version.count, "unread": unread}
    return render(request, template, more)


def part_of(assessment, element):
    part = VERSIONS[assessment.version].elements.get(element)
    if part is None:
        raise Http404
    return part


@login_required
def element(request, practice, cycle, element):
    this, before, every = assessment_of(practice, cycle)
    mine = Membership.objects.filter(person=request.user, practice=this.practice, role__in=("lead", "contributor"))
    if this.status not in ("draft", "returned") or not mine.exists():
        raise Http404
    part = part_of(this, element)
    shown = list(lines(this, before, every, part.criteria))
    for line in shown:
        answer = line.entry.answer
        line.chosen = ("na" if answer.not_applicable else answer.rating) if answer else None
    answered = sum(line.chosen is not None for line in shown)
    return page(request, "element.html", this, before, part, shown, answered=answered)


@login_required
def review(request, practice, cycle, element):
    this, before, every = assessment_of(practice, cycle)
    if this.status != "in_review" or not this.reviewers.filter(id=request.user.id).exists():
        raise Http404
    part = part_of(this, element)
    shown = list(lines(this, before, every, part.criteria))
    applicable = [line for line in shown if not line.entry.not_applicable]
    rated = sum(line.entry.reviewed is not None for line in applicable)
    return page(request, "review.html", this, before, part, shown, rated=rated, applicable=len(applicable))
