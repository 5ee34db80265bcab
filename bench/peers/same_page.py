"""Do two pages show the same? `same_page.py OURS THEIRS`: their words, and what their forms would send.

Words that only one has are told. More than a few are too many: the pages race on the same content, or not at all.
"""

import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

FEW = 0.01
# what each side adds for itself: against forms from elsewhere, and against lost changes
OWN = re.compile(r"csrfmiddlewaretoken|.*\.(base|confirmed)")


class Shown(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = Counter()
        self.hidden = 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")
        of = dict(attributes)
        if of.get("name") and tag in ("input", "textarea", "select", "button") and not OWN.fullmatch(of["name"]):
            self.words[f"{of['name']}={of.get('value') or ''}{' checked' if 'checked' in of else ''}"] += 1

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, text):
        if not self.hidden:
            self.words.update(re.findall(r"\w+", text))


def words(path):
    shown = Shown()
    shown.feed(Path(path).read_text(encoding="utf-8"))
    return shown.words


ours, theirs = (words(path) for path in sys.argv[1:])
missing, more = ours - theirs, theirs - ours
if missing or more:
    print(f"only ours: {dict(missing)}\nonly theirs: {dict(more)}", file=sys.stderr)
if (missing + more).total() > FEW * ours.total():
    sys.exit("the two pages do not show the same: bring bench/peers/django_app up to date")
