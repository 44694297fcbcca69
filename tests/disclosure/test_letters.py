"""Letters: what they say, what they must not, and what they may cite."""

import inspect
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from stillroom.consent.rules import Party, Period, Signature, defects
from stillroom.disclosure.letters import (
    Coming,
    Wish,
    Writer,
    authorization_request,
    objection,
    print_letter,
    response,
    signed_paper,
)
from stillroom.disclosure.packet import print_packet
from stillroom.kernel import Misuse, Trilean
from tests.disclosure.conftest import NOW, PRACTICE, REX, Found, note, packet_of
from tests.disclosure.test_packet_file import text_of

ADA = Writer(PRACTICE, "Ada Merrow, LCPC", "Linden Row Practice")
TODAY = date(2026, 11, 24)
PRIVILEGE = Found("Md. Code, Cts. & Jud. Proc. § 9-109.1", "It is the client's.", "privilege")
PART2 = Found("42 CFR 2.61", "Records of the program stay.", "part2", turned_on=("part2_program",))
MINOR = Found("Md. Code, Health-Gen. § 20-104", "A minor may.", "minors")
CHART = Found("45 CFR 164.502(g)(3)", "A parent.", turned_on=("client_age", "instrument"))
UNREAD = Found("Md. Code, Health-Gen. § 4-306(b)(6)", checked="recalled")
UNSURE = Found("45 CFR 164.512(f)(1)", applies=Trilean.UNKNOWN)


def letter(intake, *findings):
    return objection(intake, findings=findings, writer=ADA, address=("Towson",), dated=TODAY)


def words(made) -> str:
    return " ".join(text_of(print_letter(made, NOW).pdf))


def test_the_letter_for_a_client_and_for_a_stranger_is_one_letter(subpoena):
    """T07: a chart that speaks through the findings is not heard."""
    stranger = letter(subpoena(), PRIVILEGE)
    client = letter(subpoena(), PART2, PRIVILEGE, MINOR, CHART, UNSURE)
    assert print_letter(client, NOW).pdf == print_letter(stranger, NOW).pdf


def test_an_objection_takes_no_chart_and_no_authorization():
    assert set(inspect.signature(objection).parameters) == {
        "intake",
        "findings",
        "writer",
        "address",
        "dated",
    }


def test_an_objection_confirms_nothing_and_claims_privilege(subpoena):
    told = words(letter(subpoena(), PRIVILEGE))
    assert "neither confirm nor deny" in told
    assert "For any person who may hold it I claim it" in told
    assert "No judge has signed it." in told
    assert "It is the client's. Md. Code, Cts. & Jud. Proc. § 9-109.1" in told
    for betrayal in ("my client", "our client", "the client was", "your client", "the record of"):
        assert betrayal not in told


def test_a_letter_cites_only_what_a_finding_cites_and_somebody_read(subpoena):
    made = letter(subpoena(), PRIVILEGE, UNREAD, UNSURE)
    assert made.left_out == (UNREAD.citation,)
    told = words(made)
    assert "4-306" not in told
    assert "CFR" not in told
    order = Found("45 CFR 164.512(e)(1)(i)", "An order is signed by a judge.")
    assert words(letter(subpoena(), order)).count(order.citation) == 2


def test_no_letter_names_a_person_in_its_metadata(subpoena):
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(print_letter(letter(subpoena()), NOW).pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Objection to a demand for records"
        assert "/Author" not in pdf.docinfo
        with pdf.open_metadata() as meta:
            assert meta.pdfa_status == "2A"


def test_the_same_letter_is_the_same_bytes_and_hostile_words_are_words(subpoena):
    made = letter(subpoena(caption='#read("/etc/passwd") *x* \u202e'))
    assert print_letter(made, NOW).pdf == print_letter(made, NOW).pdf
    assert '#read("/etc/passwd") *x* [right-to-left override]' in words(made)


def coming_of(packet: Any) -> Coming:
    """A printed packet, as the letter before it knows it."""
    found = packet.manifest
    return Coming(
        "p", 1, found.matter, found.to, found.total_pages, found.cover[0],
        found.lines[-1].pages[1], packet.digest, found.check_words,
    )  # fmt: skip


def test_an_answer_announces_a_packet_and_names_nobody(subpoena):
    packet = coming_of(print_packet(packet_of(note())))
    made = response(subpoena(), packet, writer=ADA, address=(), way="your upload page", dated=TODAY)
    told = words(made)
    assert "one file of 2 pages, numbered LRP-000411 to LRP-000412" in told
    assert packet.digest[:4] in told
    assert " ".join(packet.words) in told
    assert "Dov" not in told
    other = subpoena(asker=Party("Eve Halpern"))
    with pytest.raises(Misuse):
        response(other, packet, writer=ADA, address=(), way="courier", dated=TODAY)


WISH = Wish(
    recipient=REX,
    recipient_lines=("Dunleavy & Roe",),
    kinds=frozenset({"progress_notes", "treatment_plan"}),
    period=Period(date(2026, 1, 1), date(2026, 11, 20)),
    purpose="The custody case Halpern v. Halpern.",
    expires=date(2027, 5, 31),
)


def ask(wish):
    return authorization_request(
        wish, client="Dov Halpern", asked_by="by a lawyer", writer=ADA, dated=TODAY
    )


def test_the_paper_that_a_client_is_sent_has_every_element():
    told = words(ask(WISH))
    for element in (
        "Progress notes and treatment plan, of care from January 1, 2026 through November 20, 2026",
        "Linden Row Practice",
        "Rex Dunleavy, Dunleavy & Roe",
        "The custody case Halpern v. Halpern.",
        "Through May 31, 2027.",
        "take this back at any time, in writing",
        "do not depend on whether you sign",
        "may pass it on",
        "Your signature",
        "your authority to do so",
    ):
        assert element in told


def test_signed_as_printed_it_has_no_defect():
    signed = signed_paper(
        WISH,
        id="a9",
        discloser=PRACTICE.name,
        holders=frozenset({"dov"}),
        signatures=(Signature("dov", "Dov Halpern", on=TODAY),),
        purposes=frozenset({"legal_proceeding"}),
    )
    assert defects(signed, at=NOW) == ()


def test_private_notes_are_asked_for_alone():
    with pytest.raises(Misuse):
        ask(replace(WISH, kinds=frozenset({"psychotherapy_notes", "progress_notes"})))
    told = words(ask(replace(WISH, kinds=frozenset({"psychotherapy_notes"}), period=Period())))
    assert "Psychotherapy notes, kept apart by their author, of all care." in told


@pytest.mark.parametrize("change", [{"kinds": frozenset()}, {"expires": date(2026, 1, 1)}])
def test_a_paper_that_could_never_count_is_not_sent(change):
    with pytest.raises(Misuse):
        ask(replace(WISH, **change))
