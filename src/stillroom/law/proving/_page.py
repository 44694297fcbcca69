"""The theorems as a page for lawyers, and as lines on a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill

from stillroom.law._corpus import Corpus
from stillroom.law.proving._counterexample import told
from stillroom.law.proving._proof import Verdict
from stillroom.law.proving._theorem import Excepted, Theorem

_WIDTH = 112
_HEAD = """# Theorems about the law on file

What follows is not tested on examples. Each sentence is proven for **every** way in which the facts
may turn out, for every place on file, every profession and every act that it concerns, on the day
asked about and every later day on which the law on file changes. How:
[decision 0014](decisions/0014-theorems-by-a-solver.md). To prove them again:

    stillroom law prove

Proven means: *the provisions on file* say so. Whether a provision says what the law says is another
question; each carries how it was checked. An **exception** is named here with its reason, and a
theorem is proven with just these: one more and it fails, one that is no longer needed and it fails
as well. Where the exceptions are what nobody has read, the list is a list of work for counsel.

This page is made by `stillroom law prove --page` from the theorems themselves and from
`provisions/exceptions.yaml`, and a test holds it to them."""


def page(theorems: Sequence[Theorem], exceptions: Iterable[Excepted], corpus: Corpus) -> str:
    """docs/theorems.md."""
    named = tuple(exceptions)
    parts = [_HEAD]
    for theorem in theorems:
        own = [e for e in named if e.theorem == theorem.name]
        parts.append("\n\n".join(_section(theorem, own, corpus)))
    return "\n\n".join(parts) + "\n"


def _section(theorem: Theorem, own: Sequence[Excepted], corpus: Corpus) -> Iterator[str]:
    yield f"## {theorem.name}"
    yield _wrapped(f"**{theorem.sentence}**")
    yield _wrapped(f"*Why.* {theorem.why}")
    yield _wrapped(f"*Proven over:* {theorem.over}.")
    if theorem.limits:
        yield _wrapped(f"*What it does not say.* {theorem.limits}")
    if own:
        ordered = sorted(own, key=lambda e: e.name)
        yield "*Exceptions, by name:*"
        yield "\n".join(_listed(excepted, corpus) for excepted in ordered)


def _listed(excepted: Excepted, corpus: Corpus) -> str:
    provision = corpus.provisions.get(excepted.name)
    cited = f" ({provision.citation}; {provision.checked})" if provision else ""
    given = ", ".join(f"{name}: {value}" for name, value in excepted.given.items())
    further = f" Proven there with *{given}*." if given else ""
    return f"- `{excepted.name}`{cited}: {excepted.why}{further}"


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def lines(theorem: Theorem, verdict: Verdict, corpus: Corpus) -> Iterator[str]:
    """A verdict for people: the sentence, what it covers, and where it fails."""
    said = "proven" if verdict.proven else "NOT PROVEN"
    yield f"{said}: {theorem.name} ({verdict.matters:,} matters, {verdict.claims:,} claims)"
    yield f"  {theorem.sentence}"
    if verdict.needed:
        yield f"  except by name: {len(verdict.needed)} (docs/theorems.md)"
    for shown in verdict.shown:
        yield from (f"  {line}" for line in told(shown, corpus))
    if verdict.failures > len(verdict.shown):
        yield f"  … and {verdict.failures - len(verdict.shown)} more claims that fail"
    for name in sorted(verdict.missing):
        yield f"  not named as an exception: {name}"
    for name in sorted(verdict.idle):
        yield f"  named as an exception, and not needed: {name}"
