"""What the two pages show, as a Django site would keep it: people's markdown beside the HTML made of it when it was saved."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CASCADE, BigIntegerField, CharField, DateField, DateTimeField, ForeignKey, TextField


class Person(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = TextField()
    national = models.BooleanField(default=False)
    objects = BaseUserManager()
    USERNAME_FIELD = "email"


class Practice(models.Model):
    slug = models.SlugField(unique=True)
    name = TextField()


class Membership(models.Model):
    person = ForeignKey(Person, CASCADE, related_name="memberships")
    practice = ForeignKey(Practice, CASCADE)
    role = CharField(max_length=20)


class Notice(models.Model):
    person = ForeignKey(Person, CASCADE)
    read_at = DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "read_at"])]


class Assessment(models.Model):
    practice = ForeignKey(Practice, CASCADE)
    cycle = CharField(max_length=20)
    version = CharField(max_length=20)
    status = CharField(max_length=20)
    begun = DateTimeField()
    submitted = DateTimeField(null=True)
    finished = DateTimeField(null=True)
    reviewers = models.ManyToManyField(Person)


class Said(models.Model):
    """Something said on a criterion of an assessment."""

    assessment = ForeignKey(Assessment, CASCADE)
    criterion = models.SlugField(db_index=False, max_length=60)
    revision = models.IntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    comment = TextField(default="")
    comment_html = TextField(default="")

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_%(class)s_a_criterion")]


class Answer(Said):
    not_applicable = models.BooleanField(default=False)
    reason = TextField(default="")
    reason_html = TextField(default="")
    measure = models.FloatField(null=True)
    evidence = TextField(default="")
    evidence_html = TextField(default="")
    adaptation = TextField(default="")
    adaptation_html = TextField(default="")
    saved_at = DateTimeField()
    saved_by = TextField()

    def number(self):
        return "" if self.measure is None else f"{self.measure:g}"


class Review(Said):
    question = TextField(default="")


class Agreement(Said):
    put_down_to = TextField(default="")


class Evidence(models.Model):
    """A version of an item of evidence."""

    key = CharField(max_length=40)
    number = models.IntegerField()
    title = TextField()
    made_of = TextField()
    true_of = DateField()
    review_by = DateField(null=True)


class Citation(models.Model):
    assessment = ForeignKey(Assessment, CASCADE)
    criterion = CharField(max_length=60)
    evidence = ForeignKey(Evidence, CASCADE)


class Adaptation(models.Model):
    practice = ForeignKey(Practice, CASCADE)
    key = CharField(max_length=40)
    title = TextField()
    criteria = models.JSONField()
    agreed_as = TextField(default="")
    state = TextField()
    since = DateField()
    until = DateField(null=True)


class Action(models.Model):
    practice = ForeignKey(Practice, CASCADE)
    key = CharField(max_length=40)
    cycle = CharField(max_length=20)
    version = CharField(max_length=20)
    criterion = CharField(max_length=60)
    what_html = TextField()
    owner = TextField()
    due = DateField()
    support_html = TextField()
    state = CharField(max_length=20)
    closing_html = TextField()
    raised_at = DateTimeField()
    closed_at = DateTimeField(null=True)


class Thread(models.Model):
    assessment = ForeignKey(Assessment, CASCADE)
    criterion = CharField(max_length=60)
    state = CharField(max_length=40)


class Message(models.Model):
    thread = ForeignKey(Thread, CASCADE, related_name="messages")
    place = BigIntegerField()
    side = CharField(max_length=20)
    at = DateTimeField()
    text = TextField()
