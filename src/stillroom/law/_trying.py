"""Running cases against the corpus: what was expected beside what the engine says."""

from collections.abc import Callable, Iterable
from datetime import date

from stillroom.kernel import Trilean
from stillroom.law._cases import OpinionCase, ProvisionCase
from stillroom.law._corpus import Corpus
from stillroom.law._errors import LawError
from stillroom.law._exact import Exact
from stillroom.law._live import LiveLaw
from stillroom.law._matter import Matter
from stillroom.law._opinion import Opinion
from stillroom.law._provision import Provision
from stillroom.law._questions import read_matter
from stillroom.law._settling import untangled
from stillroom.law._stance import Interval


def try_provision(case: ProvisionCase, corpus: Corpus) -> None:
    """Complain where the provision does not do as the case expects."""
    provision = corpus.provisions[case.provision]
    given = _applies(case, provision, corpus) if _is_law(case, provision) else Trilean.NO
    if given.value != case.expect:
        said = f"{case.case} Expected {case.expect}; it is {given.value}"
        case.entry.complain("expect", said)
    for kind in case.reach_includes:
        if kind not in provision.kinds:
            case.entry.complain("reach_includes", f"{provision.id} does not reach {kind}")
    for kind in case.reach_excludes:
        if kind in provision.kinds:
            case.entry.complain("reach_excludes", f"{provision.id} reaches {kind}")
    if case.stance is not None:
        _try_stance(case, provision, case.stance, corpus)


def _is_law(case: ProvisionCase, provision: Provision) -> bool:
    """Whether it is law in the case's place, profession, act and day, as far as named."""
    return (
        (not case.places or provision.place in ("us", *case.places))
        and (not case.profession or case.profession in provision.professions)
        and (not case.act or case.act in provision.acts)
        and (case.on is None or provision.in_force_on(case.on))
    )


def alone(provision: Provision, corpus: Corpus) -> LiveLaw:
    """The law of a single provision, to ask whether its condition is met."""
    return LiveLaw(
        matter=Matter("", (), "", date.min),
        facts=corpus.facts,
        provisions=[provision],
        conditions=[provision.alternatives],
        chambers=(),
        classes=(),
        digest=corpus.digest,
    )


def can_apply(provision: Provision, corpus: Corpus) -> bool:
    """Whether any facts at all meet its condition."""
    return bool(alone(provision, corpus).book.clauses_of(0))


def _applies(case: ProvisionCase, provision: Provision, corpus: Corpus) -> Trilean:
    """Whether the condition is met: exactly, over every completion of what is unknown."""
    law = alone(provision, corpus)
    reading = untangled(law, case.facts, law.read(case.facts))
    found = Exact(law, case.facts, reading).condition(0)
    return Trilean.of(bool(found) if found in (0, 1) else None)


def _try_stance(
    case: ProvisionCase, provision: Provision, expected: Interval, corpus: Corpus
) -> None:
    if not (case.places or provision.place != "us") or not case.profession or case.on is None:
        case.entry.complain("stance", "needs place, profession and on as well")
        return
    matter = Matter(
        act=case.act or min(provision.acts),
        places=case.places or (provision.place,),
        profession=case.profession,
        on=case.on,
    )
    stance = corpus.stance(matter, case.facts)
    if stance != expected:
        case.entry.complain("stance", f"{case.case} Expected {expected}; it is {stance}")


def try_opinion(case: OpinionCase, corpus: Corpus) -> None:
    """Complain where the opinion does not say what the case expects."""
    try:
        opinion = corpus.opine(read_matter(corpus.places, case.matter), case.facts)
    except LawError as wrong:
        case.entry.complain("matter", str(wrong))
        return
    if case.stance is not None and opinion.stance != case.stance:
        said = f"{case.case} Expected {case.stance}; it is {opinion.stance}"
        case.expect.complain("stance", said)
    certain = any(c.certain is Trilean.YES for c in opinion.conflicts)
    if case.conflict is not None and certain is not case.conflict:
        said = "a conflict is certain" if certain else "no conflict is certain"
        case.expect.complain("conflict", f"{case.case} As it is, {said}")
    for key, words in case.lists.items():
        _try_list(case, key, words, opinion)


def _try_list(case: OpinionCase, key: str, words: Iterable[str], opinion: Opinion) -> None:
    found = list(_LISTS[key](opinion))
    parts = key in ("cites", "opens_includes")
    for word in words:
        present = any(word in text for text in found) if parts else word in found
        if present is (key == "wanting_excludes"):
            said = "is there" if present else "is not there"
            case.expect.complain(key, f"{case.case} {word} {said}; found: {found}")


def _in_play(opinion: Opinion) -> list[str]:
    return [f.citation for f in opinion.findings if f.applies is not Trilean.NO]


_LISTS: dict[str, Callable[[Opinion], Iterable[str]]] = {
    "reach_never": lambda o: sorted(o.reach.never),
    "reach_surely": lambda o: sorted(o.reach.surely),
    "reach_possibly": lambda o: sorted(o.reach.possibly),
    "wanting_includes": lambda o: [want.fact for want in o.wanting],
    "wanting_excludes": lambda o: [want.fact for want in o.wanting],
    "cites": _in_play,
    "duties": lambda o: sorted({duty.act for duty in o.duties}),
    "opens_includes": lambda o: [opening.text for opening in o.opens],
}
