"""Is the corpus fit to be used? Every mistake, every missing case and every failing case."""

from pathlib import Path

from stillroom.law._cases import opinion_cases, provision_cases
from stillroom.law._conditions import ALWAYS
from stillroom.law._corpus import Corpus
from stillroom.law._loading import load
from stillroom.law._provision import Provision
from stillroom.law._trying import can_apply, try_opinion, try_provision
from stillroom.law._written import Problem


def check(root: Path) -> list[Problem]:
    """Every problem of the corpus at `root`, ordered by file and line; an empty list means fit.

    Cases of whole opinions are run only over a corpus that can be loaded.
    """
    loaded = load(root)
    sound = not loaded.problems
    corpus = Corpus(loaded.provisions, loaded.facts, loaded.regimes, loaded.digest)
    seen: dict[str, set[str]] = {name: set() for name in loaded.provisions}
    for case in provision_cases(root, loaded):
        seen[case.provision].add(case.expect)
        try_provision(case, corpus)
    for provision in loaded.provisions.values():
        loaded.problems += _gaps(provision, seen[provision.id], corpus)
    for whole in opinion_cases(root, loaded):
        if sound:
            try_opinion(whole, corpus)
    return sorted(set(loaded.problems))


def _gaps(provision: Provision, seen: set[str], corpus: Corpus) -> list[Problem]:
    """A provision without its cases, or one that can never apply."""
    found = []
    if not can_apply(provision, corpus):
        found.append("can never apply; its condition contradicts itself")
    wanted = ("yes",) if provision.condition == ALWAYS else ("yes", "no", "unknown")
    missing = [answer for answer in wanted if answer not in seen]
    if missing:
        found.append(f"has no case that expects {' or '.join(missing)}")
    return [
        Problem(provision.file, provision.line, "cases", f"{provision.id} {said}") for said in found
    ]
