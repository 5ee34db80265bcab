"""Markdown as HTML with the classes of the style sheet. Only when something is saved or the site starts, never for a page."""

from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False})
CLASSES = {"p": "govuk-body", "ul": "govuk-list govuk-list--bullet", "ol": "govuk-list govuk-list--number"}


def html(text):
    if not text:
        return ""
    made = MARKDOWN.render(text)
    for tag, name in CLASSES.items():
        made = made.replace(f"<{tag}>", f'<{tag} class="{name}">')
    return mark_safe(f'<div class="app-prose">{made}</div>')


def inline(text):
    return mark_safe(f"<span>{MARKDOWN.renderInline(text)}</span>")
