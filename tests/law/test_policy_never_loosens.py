"""A practice's policy adds, tightens and annotates. It never loosens, in any form of words."""

from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Trilean
from stillroom.law import (
    ACTS,
    RECORD_KINDS,
    Corpus,
    Interval,
    Matter,
    Policy,
    ProvisionError,
    Stance,
    check,
    overlaid,
    read_policy,
)
from stillroom.law._conditions import alternatives
from stillroom.law._provision import Provision
from tests import law_on_file
from tests.law.small_corpora import (
    ASK,
    CONDITIONS,
    KINDS,
    SOME_FACTS,
    corpora,
    corpus_of,
    make,
    matters,
)

OWN = "practice_policy"


@pytest.fixture(scope="module")
def law() -> Corpus:
    return law_on_file.corpus()


def under(corpus: Corpus, *provisions: Provision) -> Corpus:
    """The law with these provisions of a policy over it."""
    content = {"notes": {}, "provisions": {p.id: repr(p) for p in provisions}}
    return overlaid(corpus, Policy({p.id: p for p in provisions}, {}, content))


@st.composite
def policies(draw: st.DrawFn) -> list[Provision]:
    """Whatever the reader lets through: any layer, any condition, no permission."""
    found: list[Provision] = []
    for number in range(draw(st.integers(1, 4))):
        layer = draw(st.sampled_from(["rule", "exception", "bar"]))
        levels = ["forbids", "permits_with_authorization", "adds"]
        modality = draw(st.sampled_from(levels[:2] if layer == "bar" else levels))
        condition = draw(CONDITIONS)
        bars = [p.id for p in found if p.layer == "bar"]
        found.append(
            make(
                f"policy.{number}",
                OWN,
                modality,
                layer=layer,
                place=draw(st.sampled_from(["us", "us", "us-aa"])),
                kinds=draw(st.frozensets(st.sampled_from(KINDS), min_size=1)),
                condition=condition,
                alternatives=alternatives(condition),
                lifts=tuple(bars) if layer == "exception" and draw(st.booleans()) else (),
                authorization=("signed",) if modality.endswith("authorization") else (),
            )
        )
    return found


def at_most(after: Interval, before: Interval) -> bool:
    return after.low <= before.low and after.high <= before.high


@settings(max_examples=150, deadline=None)
@given(corpora(), policies(), SOME_FACTS, st.data())
def test_no_policy_raises_a_stance_of_any_kind_whatever_the_law_and_the_facts(
    corpus: Corpus, policy: list[Provision], facts: dict[str, Any], data: st.DataObject
) -> None:
    matter = data.draw(matters(corpus))
    before, after = corpus.opine(matter, facts), under(corpus, *policy).opine(matter, facts)
    for kind in RECORD_KINDS:
        assert at_most(after.reach.by_kind[kind], before.reach.by_kind[kind])
    assert at_most(after.stance, before.stance)
    assert after.reach.surely <= before.reach.surely
    assert before.reach.never <= after.reach.never
    assert after.silent is before.silent, "a policy does not count as speaking"


POLICY = """
- id: policy.nothing-to-employers
  title: Nothing to employers
  acts: [disclose, inform]
  modality: forbids
  recipients: [employer, school, media]
  says: Nothing goes to an employer, a school or the press.
  as_of: 2026-11-22
- id: policy.signed-first
  title: Only when signed
  acts: [disclose, testify, warn, report, consult]
  modality: permits_with_authorization
  authorization: client_authorization
  reach: {excludes: [billing]}
  says: Only with the client's own signature.
  as_of: 2026-11-22
- id: policy.letters
  title: No letters
  acts: [disclose]
  modality: forbids
  layer: bar
  when: {instrument: [letter, attorney_subpoena]}
  says: A letter opens nothing.
  as_of: 2026-11-22
- id: policy.letters-seen
  title: Letters that counsel saw
  acts: [disclose]
  modality: permits_with_authorization
  layer: exception
  lifts: [policy.letters]
  authorization: client_authorization
  when: {judge_signed: yes}
  says: Unless a judge signed.
  as_of: 2026-11-22
"""
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "recipient": st.sampled_from(["employer", "attorney", "court", "payer", "client"]),
    "instrument": st.sampled_from(["letter", "court_order", "attorney_subpoena", "none"]),
    "judge_signed": st.sampled_from([Trilean.YES, Trilean.NO]),
    "client_authorization": st.sampled_from([Trilean.YES, Trilean.NO]),
    "client_age": st.sampled_from([9, 16, 40]),
    "identity_verified": st.sampled_from([Trilean.YES, Trilean.NO]),
}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_stance_of_the_law_on_file_is_raised(law: Corpus, data: st.DataObject) -> None:
    held = overlaid(law, read_policy(law, POLICY))
    known = {n: v for n, v in LIKELY.items() if n in law.facts}
    wanted = st.fixed_dictionaries({"recipient": known.pop("recipient")}, optional=known)
    facts = data.draw(wanted)
    place = data.draw(st.sampled_from(law.places))
    act = data.draw(st.sampled_from(ACTS))
    matter = Matter(act, (place,), "psychologist", date(2026, 11, 23))
    before, after = law.opine(matter, facts), held.opine(matter, facts)
    for kind in RECORD_KINDS:
        assert at_most(after.reach.by_kind[kind], before.reach.by_kind[kind])
    assert after.exact >= before.exact


def test_a_policy_that_speaks_turns_no_silence_into_permission() -> None:
    signed = make("policy.a", OWN, "permits_with_authorization", authorization=("signed",))
    silent = corpus_of([make("e", "ethics", "adds")])
    opinion = under(silent, signed).opine(ASK, {"signed": Trilean.YES})
    assert opinion.stance == Interval(Stance.FORBIDDEN, Stance.FORBIDDEN)
    assert opinion.silent is Trilean.YES


def test_what_law_requires_and_policy_forbids_is_a_conflict_on_the_side_of_confidence() -> None:
    law = corpus_of([make("duty", "duty", "requires")])
    assert law.opine(ASK, {}).stance.low is Stance.REQUIRED
    opinion = under(law, make("policy.no", OWN, "forbids")).opine(ASK, {})
    assert opinion.stance == Interval(Stance.FORBIDDEN, Stance.FORBIDDEN)
    (conflict,) = opinion.conflicts
    assert conflict.certain is Trilean.YES
    assert (conflict.required_by, conflict.held_by) == (("duty",), ("policy.no",))


def entry(**fields: Any) -> str:
    """An entry of a policy, with these fields changed."""
    usual: dict[str, Any] = {
        "id": "policy.a",
        "title": "A",
        "acts": "[disclose]",
        "modality": "forbids",
        "says": "A.",
        "as_of": "2026-11-22",
    }
    told = [f"{name}: {value}" for name, value in (usual | fields).items() if value is not None]
    return "- " + "\n  ".join(told)


LOOSENING = {
    "permits": (entry(modality="permits"), "policy:4: modality: a policy cannot say permits"),
    "requires": (entry(modality="requires"), "policy:4: modality: a policy cannot say requires"),
    "permits as an exception": (
        entry(modality="permits", layer="exception"),
        "policy:4: modality: a policy cannot say permits",
    ),
    "lifts a bar of the law": (
        entry(layer="exception", lifts="[us.fre.rule-501]"),
        "policy:1: lifts: us.fre.rule-501 is",
    ),
    "another regime": (entry(regime="hipaa"), "policy:7: regime: hipaa is the law's"),
    "an id of the law": (
        entry(id="us.policy.joint-sessions"),
        "policy:1: id: us.policy.joint-sessions is the law's",
    ),
    "an id like the law's": (
        entry(id="us.new"),
        "policy:1: id: should begin with policy.; the nearest is policy.us.new",
    ),
    "a place without law": (
        entry(place="us-zz"),
        "policy:7: place: no law on file is of us-zz; the nearest is us-az",
    ),
    "forbids to withhold": (
        entry(acts="[withhold]"),
        "policy:3: acts: a policy cannot hold anybody back from withholding",
    ),
}


@pytest.mark.parametrize("form", LOOSENING)
def test_what_would_loosen_is_refused_with_its_line(law: Corpus, form: str) -> None:
    text, expected = LOOSENING[form]
    policy = read_policy(law, text)
    assert any(str(problem).startswith(expected) for problem in policy.problems), policy.problems
    with pytest.raises(ProvisionError):
        overlaid(law, policy)


MISTAKES = {
    "": "policy:1: file: should be a list of entries; write [] for",
    "a: b": "policy:1: file: should be a list of entries",
    "- x": "policy:1: entry: should be a mapping of fields",
    "[": "policy:2: file: ",
    "- " * 50_000: "policy:1: file: is nested too deep",
    "[" * 50_000: "policy:1: file: is nested too deep",
    "- x\n" * 60_000: "policy:1: file: is longer than 200,000 characters",
    "- &a x\n- *a": "policy:2: file: repeats by & and *",
    entry(acts="[disclos]"): "policy:3: acts: disclos is not a choice; the nearest is disclose",
    entry(modality="forbid"): "policy:4: modality: forbid is not a choice; the nearest is forbids",
    entry(whn="x"): "policy:7: whn: no such field; the nearest is when",
    entry(when="{judge_sined: no}"): "policy:7: when.judge_sined: no fact is called judge_sined",
    entry(as_of=None): "policy:1: as_of: is missing",
    entry() + "\n" + entry(): "policy:7: id: policy.a is already in line 1",
    "- annotate: {provision: us.policy.joint-session, note: n}": (
        "policy:1: annotate.provision: no provision of the law is called us.policy.joint-session; "
        "the nearest is us.policy.joint-sessions"
    ),
    "- annotate: {provision: us.policy.joint-sessions}": "policy:1: annotate.note: is missing",
    "- annotate: {provision: us.policy.joint-sessions, note: a}\n" * 2: (
        "policy:2: annotate.provision: us.policy.joint-sessions has a note already"
    ),
}


@pytest.mark.parametrize("text", MISTAKES, ids=[str(number) for number in range(len(MISTAKES))])
def test_every_mistake_is_told_with_its_line_and_the_nearest_choice(law: Corpus, text: str) -> None:
    told = [str(problem) for problem in read_policy(law, text).problems]
    assert any(one.startswith(MISTAKES[text]) for one in told), told


def test_a_note_is_shown_with_its_provision_and_changes_nothing(law: Corpus) -> None:
    noted = read_policy(law, "- annotate: {provision: us.policy.joint-sessions, note: Ask me.}")
    held = overlaid(law, noted)
    matter = Matter("disclose", ("us-md",), "psychologist", date(2026, 11, 23))
    before, after = law.opine(matter, {}), held.opine(matter, {})
    shown = {f.provision: f.counsel for f in after.findings if f.counsel}
    assert shown == {"us.policy.joint-sessions": "Ask me."}
    assert after.reach == before.reach
    assert held.digest != law.digest


def test_the_digest_covers_the_law_and_the_policy_and_no_spacing(law: Corpus) -> None:
    one = overlaid(law, read_policy(law, POLICY))
    assert one.digest == overlaid(one, read_policy(one, "\n\n" + POLICY)).digest
    other = overlaid(law, read_policy(law, POLICY.replace("the press", "the papers")))
    assert len({law.digest, one.digest, other.digest}) == 3
    assert overlaid(one, read_policy(law, "[]")).digest == law.digest


def test_law_on_file_does_not_speak_in_the_practices_own_regime(tmp_path: Path) -> None:
    # The law of the nation is enough: the sentence stands in one of its files.
    root = copytree(
        law_on_file.ROOT, tmp_path / "law", ignore=ignore_patterns("us-*", "*.cases.yaml")
    )
    file = root / "us" / "policy.yaml"
    file.write_text(file.read_text().replace("default_policy", OWN))
    told = [str(problem) for problem in check(root)]
    assert any("practice_policy is each practice's own; say default_policy" in one for one in told)
