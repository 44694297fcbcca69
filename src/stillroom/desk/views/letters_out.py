"""Letters: of a matter (chosen, filled in, looked at, signed, sent, put behind a link), and the one
that confirms nothing, which the front desk can print without any chart."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.desk.forms import days
from stillroom.desk.forms import whole as number_in
from stillroom.desk.letters_out import (
    TELLS_WORDS,
    against_wishes,
    chosen_of,
    emails,
    first_choice,
    no_link_says,
    offered,
    slots,
    wished_address,
)
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import letter_going, letter_links, lettering, queries
from stillroom.disclosure.letter_going import NotWeighed, WrittenBefore
from stillroom.disclosure.letter_links import BehindLink
from stillroom.disclosure.lettering import Draft, LetterLacks
from stillroom.disclosure.letters import disputed, print_letter
from stillroom.disclosure.letters.keeping import BY_SAYING, WAYS, SignedLetter
from stillroom.disclosure.letters.kinds import FORMS
from stillroom.disclosure.letters.neither import neither
from stillroom.disclosure.letters.weighing import weighed_of
from stillroom.disclosure.packet import Printed
from stillroom.disclosure.packet.picture import page_picture, page_words
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules_leaving import DAYS, OPENINGS
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, StepUpNeeded
from stillroom.practice.rules_wishes import Reach


@require_GET
def choose(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Which letter? Those that fit the paper stand first."""
    whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
    values = {"matter": whole, "offered": offered(whole), "tells_words": TELLS_WORDS}
    return render(request, "letter_choose.html", values, current="matters")


@require_http_methods(["GET", "POST"])
def write(request: DeskRequest, matter_id: str, form_id: str) -> HttpResponse:
    """Fill it in; look at it as it will be printed; sign the very letter that was shown."""
    presence, corpus = request.presence, request.shell.corpus
    whole = queries.whole_matter(presence, corpus, matter_id)
    form = FORMS.get(form_id)
    if form is None:
        raise NotHere
    typed = {name: str(value) for name, value in request.POST.items()}
    slots_of = (*(one.name for one in form.slots), disputed.SLOT)
    lists = {name: request.POST.getlist(name) for name in slots_of}
    made = lettering.draft(presence, corpus, whole, form_id, typed, chosen_of(form, lists))
    error: StillroomError | None = None
    if request.method == "POST" and typed.get("do") == "sign":
        try:
            seen = typed.get("seen", "")
            number = lettering.sign(presence, corpus, matter_id, made, seen)
            return redirect("letter", matter_id=matter_id, number=number)
        except (NotHere, StepUpNeeded):
            raise
        except StillroomError as problem:
            error = problem
    elif request.method == "POST" and made.lacks:
        error = LetterLacks(made.lacks)
    values = _writing(request, whole, made, typed, error)
    status = 409 if error else 200
    return render(request, "letter_write.html", values, status=status, current="matters")


def _writing(
    request: DeskRequest,
    whole: WholeMatter,
    made: Draft,
    typed: dict[str, str],
    error: StillroomError | None,
) -> dict[str, Any]:
    reach = _wishes(whole, made)
    if request.method == "GET":
        typed = {"address": wished_address(reach), **typed}
    shown = typed.get("do") in ("look", "sign") and not made.lacks
    return {
        "matter": whole,
        "form": made.form,
        "slots": slots(made.material, made.form),
        "typed": typed,
        "chosen": made.material.chosen if request.method == "POST" else first_choice(made.material),
        "seen": made.seen,
        "says": TELLS_WORDS[made.tells],
        "against": against_wishes(reach, typed.get("address", "")),
        "left_out": made.letter.left_out if shown else (),
        "pages": _pictures(lettering.proof(request.presence, made)) if shown else [],
        "problem": error,
        "wrong": {one.slot: one.says for one in error.lacks}
        if isinstance(error, LetterLacks)
        else {},
    }


def _wishes(whole: WholeMatter, made: Draft) -> Reach | None:
    """How the client wishes to be reached, where the letter goes to the one client herself."""
    holders = whole.head.holders
    asked = whole.determination.asked.intake.asker.kind == "client"
    if not (asked or made.form.to_client) or len(holders) != 1:
        return None
    return holders[0].sheet.reach


def _pictures(printed: Printed) -> list[tuple[str, str]]:
    """Each page as a picture, and its words for who does not see it."""
    return [
        (
            "data:image/png;base64," + b64encode(page_picture(printed.pdf, one)).decode("ascii"),
            page_words(printed.pdf, one),
        )
        for one in range(1, printed.total + 1)
    ]


@require_GET
def letter(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """A signed letter, and what became of it."""
    whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
    behind = letter_links.of_letter(request.presence, whole, number)
    addresses = {
        one.id: request.build_absolute_uri(
            reverse("received", kwargs={"address": one.plan.address})
        )
        for one in behind
        if one.plan is not None
    }
    return _letter(request, whole, lettering.find(whole, number), None, behind, addresses)


def _letter(
    request: DeskRequest,
    whole: WholeMatter,
    signed: SignedLetter,
    error: StillroomError | None,
    behind: Sequence[BehindLink],
    addresses: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Its page. `addresses` are those that may still be sent, by delivery."""
    hers = lettering.goes_to_her(whole, signed)
    holders = whole.head.holders
    reach = holders[0].sheet.reach if hers and len(holders) == 1 else None
    values = {
        "held": letter_going.held(request.presence, whole.id, signed),
        "weighed": [one for one in weighed_of(whole.steps) if one.letter == signed.number],
        "hers": hers,
        "reach": reach,
        "wished": wished_address(reach),
        "behind": {one.id: one for one in behind},
        "addresses": addresses or {},
        "link_waits": any(one.can_be_called_back for one in behind),
        "emails": emails(reach),
        "no_link": no_link_says(reach),
        "link_days": [(one, f"{one} days" if one > 1 else "1 day") for one in DAYS],
        "link_openings": [(one, f"{one} times" if one > 1 else "once") for one in OPENINGS],
        "wish_says": against_wishes(reach, "") if reach else "",
        "matter": whole,
        "letter": signed,
        "form": FORMS[signed.kept.form],
        "says": TELLS_WORDS[signed.tells],
        "waits": lettering.waits(signed),
        "pages": _pictures(lettering.printed_again(signed)) if error is None else [],
        "ways": list(BY_SAYING.items()),
        "way_words": WAYS,
        "colleagues": people.colleagues(active=False),
        "typed": {name: str(value) for name, value in request.POST.items()},
        "today": whole.determination.around.today,
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "letter.html", values, status=status, current="matters")


@require_GET
def file(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """The very bytes that were signed, to print; none of a letter that may not go out as it is."""
    whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
    signed = lettering.find(whole, number)
    held = letter_going.held(request.presence, matter_id, signed)
    if held is not None:
        error = WrittenBefore(held.why.removesuffix("."))
        return _letter(request, whole, signed, error, _known(request, matter_id, number))
    printed = lettering.printed_again(signed)
    return _pdf(printed, f"letter-{whole.number}-{number}.pdf")


def _pdf(printed: Printed, name: str) -> HttpResponse:
    response = HttpResponse(printed.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_POST
def sent(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """Write down that it was sent."""
    presence = request.presence
    whole = queries.whole_matter(presence, request.shell.corpus, matter_id)
    signed = lettering.find(whole, number)
    posted = request.POST
    try:
        on = days(posted, "on")
        lettering.sent(presence, whole, signed, posted.get("way", ""), posted.get("to", ""), on)
    except NotHere:
        raise
    except StillroomError as error:
        return _letter(request, whole, signed, error, _known(request, matter_id, number))
    return redirect("letter", matter_id=matter_id, number=number)


def _known(request: DeskRequest, matter_id: str, number: int) -> list[BehindLink]:
    """What became of it behind links, without any address."""
    every = letter_links.standing(request.presence, matter_id).values()
    return [one for one in every if one.letter == number]


@require_POST
def weigh(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """Say that it still stands, after the request was corrected."""
    whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
    signed = lettering.find(whole, number)
    try:
        letter_going.weigh(request.presence, matter_id, signed, request.POST.get("stands", ""))
    except (NotWeighed, WrittenBefore) as error:
        return _letter(request, whole, signed, error, _known(request, matter_id, number))
    return redirect("letter", matter_id=matter_id, number=number)


@require_POST
def link(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """Put it behind a link; the page that comes shows the address and the words."""
    presence, posted = request.presence, request.POST
    whole = queries.whole_matter(presence, request.shell.corpus, matter_id)
    signed = lettering.find(whole, number)
    try:
        letter_links.send(
            presence,
            whole,
            signed,
            posted.get("email", ""),
            days=number_in(posted.get("days", "")),
            openings=number_in(posted.get("openings", "")),
        )
    except NotHere:
        raise
    except StillroomError as error:
        return _letter(request, whole, signed, error, _known(request, matter_id, number))
    return redirect("letter", matter_id=matter_id, number=number)


@require_POST
def recall(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """Call back what nobody has opened."""
    letter_links.call_back(request.presence, matter_id, number)
    return redirect("letter", matter_id=matter_id, number=number)


@require_http_methods(["GET", "POST"])
def confirms_nothing(request: DeskRequest) -> HttpResponse:
    """For whoever answers the door: the same answer about everybody. It asks of nobody's chart, so
    there is nothing to be allowed, and nothing to be learned from it."""
    typed = {name: str(value) for name, value in request.POST.items()}
    to = typed.get("to", "").strip()
    if request.method == "POST" and to:
        lines = (one.strip() for one in typed.get("address", "").splitlines())
        address = tuple(one for one in lines if one)
        writer = lettering.writer_of(request.presence)
        made = neither(to, address, writer=writer, dated=request.today)
        return _pdf(print_letter(made, request.at.replace(microsecond=0)), "answer.pdf")
    values = {"typed": typed, "lacks": request.method == "POST"}
    status = 409 if request.method == "POST" else 200
    return render(request, "letter_neither.html", values, status=status, current="")
