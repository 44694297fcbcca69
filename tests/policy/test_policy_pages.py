"""The policy's pages: nothing typed is lost, mistakes have lines, and who may not know sees nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from stillroom.disclosure import actions as disclosure
from stillroom.policy import actions
from stillroom.policy.models import Edition, Proposal
from stillroom.practice import actions as practice
from tests.cast import Cast
from tests.disclosure.story import subpoena
from tests.policy.test_by_two import POLICY, made
from tests.web import Visitor, corpus, serve

ATTORNEYS = POLICY.replace("employer]", "attorney, party_by_subpoena]").replace(
    "an employer", "a <lawyer>"
)


@pytest.fixture
def licensed(cast: Cast) -> Cast:
    return cast.licensed("ada", "bea", credential="")


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_a_policy_goes_all_its_way_on_pages(licensed: Cast) -> None:
    cast = licensed
    serve(cast)
    max_, olga, ada = Visitor(cast, "max"), Visitor(cast, "olga"), Visitor(cast, "ada")
    assert "no policy of its own" in text_of(ada.get("/policy"))
    looked = text_of(max_.post("/policy/propose", {"do": "look", "text": ATTORNEYS}))
    assert "A lawyer&#39;s subpoena for the record, nothing signed by the client" in looked
    assert not Proposal.objects.exists()
    assert max_.post("/policy/propose", {"do": "propose", "text": ATTORNEYS}).status_code == 302
    waiting = Proposal.objects.get().pk
    assert "Waits for a second person" in text_of(ada.get("/policy"))
    path = reverse("policy_agree", kwargs={"proposal_id": waiting})
    assert max_.post(path).status_code == 409
    assert olga.post(path).status_code == 302
    page = text_of(ada.get("/policy"))
    assert "Version 1, since Nov 20, 2026" in page
    assert "Proposed by Max Ferro; agreed by Olga Brandt" in page
    assert "Nothing goes to a &lt;lawyer&gt;." in page
    assert path not in page


def test_nothing_typed_is_lost_and_every_mistake_has_its_line(cast: Cast) -> None:
    serve(cast)
    wrong = ATTORNEYS.replace("forbids", "permits") + "- {annotate: {provision: us.x, note: n}}\n"
    for do in ("look", "propose"):
        answer = Visitor(cast, "max").post("/policy/propose", {"do": do, "text": wrong})
        page = text_of(answer)
        assert answer.status_code == 409
        assert "2 things to mend in the policy" in page
        assert "Line 5, modality: a policy cannot say permits" in page
        assert "Line 9, annotate.provision: no provision of the law is called us.x" in page
        assert "Nothing goes to a &lt;lawyer&gt;." in page
        assert "annotate: {provision: us.x, note: n}" in page
    assert not Proposal.objects.exists()


def test_a_file_counts_instead_and_what_is_no_text_is_refused(cast: Cast) -> None:
    serve(cast)
    visitor = Visitor(cast, "max")
    file = SimpleUploadedFile("policy.yaml", ATTORNEYS.replace("\n", "\r\n").encode())
    page = visitor.post("/policy/propose", {"do": "propose", "text": "typed", "file": file})
    assert page.status_code == 302
    assert Proposal.objects.get().text == ATTORNEYS
    file = SimpleUploadedFile("policy.yaml", b"\xff\xfe\x00")
    page = visitor.post("/policy/propose", {"do": "propose", "text": "typed", "file": file})
    assert page.status_code == 409
    assert "no text in UTF-8" in text_of(page)
    assert ">\ntyped</textarea>" in text_of(page)


def test_an_open_matter_that_it_touches_is_named_to_whoever_cares_and_to_nobody_else(
    licensed: Cast,
) -> None:
    cast = licensed
    law = serve(cast).corpus
    actions.note_law(cast.house, law, at=cast.at)
    matter = disclosure.enter(cast.here("ada"), cast.dov, subpoena())
    actions.propose(cast.here("max"), law, ATTORNEYS)
    agree = reverse("policy_agree", kwargs={"proposal_id": Proposal.objects.get().pk})
    Visitor(cast, "olga").post(agree)
    path = reverse("policy_change", kwargs={"edition": Edition.objects.latest("number").number})
    pages = {name: text_of(Visitor(cast, name).get(path)) for name in ("ada", "bea", "max", "olga")}
    assert reverse("matter", kwargs={"matter_id": matter}) in pages["ada"]
    assert "Dov Halpern" in pages["ada"]
    for name in ("bea", "max", "olga"):
        assert "/matters/" not in pages[name]
        assert "Halpern" not in pages[name]
        assert "touches" not in pages[name], "not even that there are none"
    other = POLICY.replace("policy.nothing-to-employers", "policy.b")
    shell_law = corpus()
    now = actions.under(shell_law, ATTORNEYS)
    actions.propose(cast.here("max"), now, ATTORNEYS + other)
    agree = reverse("policy_agree", kwargs={"proposal_id": Proposal.objects.get().pk})
    Visitor(cast, "olga").post(agree)
    path = reverse("policy_change", kwargs={"edition": Edition.objects.latest("number").number})
    assert "/matters/" not in text_of(Visitor(cast, "ada").get(path)), "employers: it asks none"


def test_versions_are_compared(licensed: Cast) -> None:
    cast = licensed
    serve(cast)
    for text in (POLICY, ATTORNEYS):
        Visitor(cast, "max").post("/policy/propose", {"do": "propose", "text": text})
        path = reverse("policy_agree", kwargs={"proposal_id": Proposal.objects.get().pk})
        assert Visitor(cast, "olga").post(path).status_code == 302
    ada = Visitor(cast, "ada")
    page = text_of(ada.get("/policy/versions/2"))
    assert "Beside version 1" in page
    assert "<del>[employer]</del> <ins>[attorney, party_by_subpoena]</ins>" in page
    assert "Beside no policy" in text_of(ada.get("/policy/versions/2?with=0"))
    assert "Beside version 2" in text_of(ada.get("/policy/versions/1?with=2"))
    assert ada.get("/policy/versions/3").status_code == 404


def test_the_law_library_shows_the_policy_and_counsels_note(cast: Cast) -> None:
    noted = "- annotate: {provision: us.policy.joint-sessions, note: Ask me <first>.}\n"
    serve(cast).lawbook.enact(made(cast, POLICY + noted))
    ada = Visitor(cast, "ada")
    assert "Nothing to employers" in text_of(ada.get("/law/us"))
    page = text_of(ada.get("/law/provision/us.policy.joint-sessions"))
    assert "Ask me &lt;first&gt;." in page
    assert ada.get("/law/provision/policy.nothing-to-employers").status_code == 200


def test_what_was_not_asked_is_said_and_no_state_is_left_out_for_another(cast: Cast) -> None:
    places = ["us-md"] * 4 + ["us-nv", "us-tx", "us-ca"]
    professions = ["psychologist", "counselor", "social_worker", "psychiatrist"] + [
        "psychologist"
    ] * 3
    for who, place, profession in zip(cast.people.values(), places, professions, strict=True):
        practice.set_profile(who.id, profession=profession, credential="", place=place, location="")
    serve(cast)
    page = text_of(Visitor(cast, "max").post("/policy/propose", {"do": "look", "text": ATTORNEYS}))
    for place in ("us-ca", "us-md", "us-nv", "us-tx"):
        assert f"{place}, " in page.partition("Not asked here")[0]
    assert "Not asked here, to keep this page quick: us-md, social worker." in page
