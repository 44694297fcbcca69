"""Pages that a strict Content-Security-Policy can protect: nothing inline, nothing unescaped."""

import re
from collections.abc import Iterator

import pytest

from tests.house.walking import File, breaches, files, piece

_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
RULES: dict[str, re.Pattern[str]] = {
    "says that text is safe": re.compile(r"\|\s*safe\b|\bmark_safe\b|\bMarkup\("),
    "switches escaping off": re.compile(r"autoescape\s+(?:false|off)", re.IGNORECASE),
    "has a script in it": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "has style in it": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "has a handler in it": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "leads to a script": re.compile(r"javascript:", re.IGNORECASE),
    "lets htmx run words": re.compile(r"\bhx-(?:on|vals=[\"']js:|vars)\b|\bhx-on:", re.IGNORECASE),
    "fetches from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*https?://", re.IGNORECASE
    ),
    "opens another's page with a way back": re.compile(
        r"<a\b(?=[^>]*target=[\"']_blank)(?![^>]*noopener)", re.IGNORECASE
    ),
}


def templates() -> list[File]:
    """Every page and part of a page."""
    found = files("src/stillroom/", ends=".html")
    assert len(found) > 20
    return found


def faults(file: File) -> Iterator[str]:
    """What is wrong with a template, with its line."""
    text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), file.text)
    for what, pattern in RULES.items():
        for found in pattern.finditer(text):
            line = text[: found.start()].count("\n") + 1
            yield f"{file.path}:{line} {what}: {found[0].strip()[:60]}"


def test_no_page_needs_an_exception_from_the_policy():
    assert breaches(faults, templates()) == []


def test_no_python_of_the_desk_writes_markup_by_hand():
    tags = re.compile(r"[\"'f]<(?:a|div|span|p|b|i|script|img|table|td|li)\b")
    found = [
        f"{file.path}: {tag[0]}"
        for file in files("src/stillroom/desk/")
        for tag in tags.finditer(file.text)
    ]
    assert found == []


def test_no_template_takes_the_day_of_greenwich():
    """A moment is kept in UTC: in the evening its day is tomorrow's. `|on` and `|iso` are local."""
    found = [
        f"{file.path}: {line.strip()[:80]}"
        for file in files("src/stillroom/", ends=".html")
        for line in file.text.splitlines()
        if ".date()" in line
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ words|safe }}",
        "{{ words | safe }}",
        "{% autoescape false %}",
        "<script>go()</script>",
        "<script type='module'>go()</script>",
        "<p style='color: red'>",
        '<p class="a" style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        "<body\n  onload=go()>",
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="http://cdn.example/x.css">',
        '<a target="_blank" href="/x">',
    ],
)
def test_the_rule_has_teeth(text):
    assert breaches(faults, [piece(text)])


@pytest.mark.parametrize(
    "text",
    [
        "{{ words }}",
        "<script src=\"{{ static('x.js') }}\" defer></script>",
        '<p class="style-guide">on = off, safe and sound</p>',
        "{# <p style='x'> is forbidden #}",
        '<a target="_blank" rel="noopener noreferrer" href="/x">',
        '<p data-once="x" data-style="y">',
        '<button name="on" value="one">',
    ],
)
def test_the_rule_lets_pass_what_is_fine(text):
    assert breaches(faults, [piece(text)]) == []
