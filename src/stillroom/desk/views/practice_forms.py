"""The practice's forms: read, put in its own voice, published; older versions are kept."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.access import Act
from stillroom.consent import actions_forms, queries_forms
from stillroom.consent.forms import voice
from stillroom.consent.forms.changes import changes
from stillroom.consent.forms.grade import EIGHTH, grade
from stillroom.consent.forms.making import make, settled
from stillroom.consent.forms.notice import WANTED
from stillroom.consent.forms.shapes import FORMS, WORKS, Form, Setting
from stillroom.consent.wanted import TITLES
from stillroom.desk.pages import render
from stillroom.desk.places import STATES, name_of
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError, spoken
from stillroom.law import CHECKED, PROFESSIONS
from stillroom.phi import NotHere, bridge
from stillroom.policy import queries as policies
from stillroom.practice import queries as practice

SAID = "s-"
"""Before the key of a sentence, in the form."""

PROFESSION_WORDS: Mapping[str, str] = {one: spoken(one) for one in PROFESSIONS} | {
    "marriage_family_therapist": "marriage and family therapist"
}
WORK_WORDS: Mapping[str, str] = {
    "individual": "one to one",
    "couple": "a couple",
    "group": "a group",
    "minor": "under 18",
    "telehealth": "by video or telephone",
    "sud": "for substance use (Part 2)",
    "supervised": "under supervision",
}
SURE_WORDS: Mapping[str, str] = {
    "law": "a provision says so",
    "depends": "it turns on the case",
    "unclear": "the law itself is not clear",
    "unread": "nothing that was read speaks to it",
    "ours": "your own word; no law gives it",
}


@require_GET
def forms(request: DeskRequest) -> HttpResponse:
    """What is published, and what could be read next."""
    found = queries_forms.editions(request.presence)
    newest: dict[str, queries_forms.Edition] = {}
    for one in found:
        newest.setdefault(one.form.setting.name, one)
    values = {
        "newest": sorted(newest.values(), key=lambda one: one.form.setting.name),
        "older": [one for one in found if one.id not in {each.id for each in newest.values()}],
        "titles": TITLES,
        "mine": practice.staff_profile(request.presence.person),
        "publishes": queries_forms.may_publish(request.presence),
        **_choices(),
    }
    return render(request, "forms.html", values, current="policy")


def _choices() -> dict[str, Any]:
    return {
        "states": [(place, name_of(place)) for place in STATES],
        "professions": [(one, PROFESSION_WORDS[one]) for one in PROFESSIONS],
        "profession_words": PROFESSION_WORDS,
        "works": WORK_WORDS,
        "work_options": [{"value": one, "label": WORK_WORDS[one]} for one in WORKS],
        "colleagues": people.colleagues(active=False),
    }


def _setting(request: DeskRequest, asked: QueryDict) -> Setting:
    """What is asked for; whatever is no form, place or profession is not there."""
    form, place = asked.get("form", ""), asked.get("place", "")
    profession = asked.get("profession", "")
    if form not in FORMS or place not in STATES or profession not in PROFESSIONS:
        bridge.refuse(request.presence, Act.POLICY_READ, "form")
        raise NotHere
    works = frozenset(asked.getlist("works")) & frozenset(WORKS)
    return settled(Setting(form, place, name_of(place), profession, works))


@require_http_methods(["GET", "POST"])
def review(request: DeskRequest) -> HttpResponse:
    """A form as the law gives it, sentence by sentence, to be put in the practice's voice."""
    queries_forms.require_reader(request.presence)
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    where = _setting(request, asked)
    known = queries_forms.editions(request.presence)
    newest = queries_forms.newest(where)
    drawn = _drawn(request, where, known, asked if posted else None)
    if not posted:
        return _page(request, drawn, newest)
    words = {
        name.removeprefix(SAID): str(value)
        for name, value in asked.items()
        if name.startswith(SAID)
    }
    try:
        form = voice.typed(drawn, words)
        if asked.get("do") != "publish":
            return _page(request, form, newest)
        made = actions_forms.publish(request.presence, form, policy=_policy(request))
    except NotHere:
        raise
    except StillroomError as error:
        return _page(request, drawn, newest, words, error)
    return redirect("form_edition", edition_id=made)


def _drawn(
    request: DeskRequest,
    where: Setting,
    known: list[queries_forms.Edition],
    posted: QueryDict | None,
) -> Form:
    """What the law gives, with what this practice wrote for the same sentences before."""
    facts = {"practice": request.presence.house.name}
    if where.form == "notice":
        last = next((one.form.facts for one in known if one.form.form == "notice"), {})
        given = posted or last
        facts |= {name: " ".join(str(given.get(name, "")).split())[:120] for name in WANTED}
    on = request.today
    made = make(request.shell.corpus, where, on, facts)
    return voice.proposed(made, [one.form for one in known])


def _policy(request: DeskRequest) -> int:
    return next((one.number for one in policies.policies(request.presence)), 0)


def _page(
    request: DeskRequest,
    form: Form,
    newest: queries_forms.Edition | None,
    words: Mapping[str, str] | None = None,
    problem: StillroomError | None = None,
) -> HttpResponse:
    said = [one.words for one in form.sentences if one.words and one.key != "header.rule"]
    values = {
        "form": form,
        "title": TITLES[form.form],
        "words": words or {},
        "problem": problem,
        "level": grade(*said),
        "eighth": EIGHTH,
        "sure": [(name, form.count(name)) for name in SURE_WORDS],
        "sure_words": SURE_WORDS,
        "checked": [(how, _resting(form, how)) for how in CHECKED],
        "newest": newest,
        "changes": changes(newest.form, form) if newest else (),
        "publishes": queries_forms.may_publish(request.presence),
        "wanted": WANTED if form.form == "notice" else (),
        **_choices(),
    }
    status = 409 if problem else 200
    return render(request, "form_review.html", values, status=status, current="policy")


def _resting(form: Form, how: str) -> int:
    """How many sentences rest on law whose weakest check is this one."""
    return sum(
        max((CHECKED.index(ground.checked) for ground in one.grounds), default=-1)
        == CHECKED.index(how)
        for one in form.sentences
    )


@require_GET
def edition(request: DeskRequest, edition_id: str) -> HttpResponse:
    """One version as it was published, with what each sentence stands on."""
    found = queries_forms.edition(request.presence, edition_id)
    values = {
        "edition": found,
        "form": found.form,
        "title": TITLES[found.form.form],
        "sure_words": SURE_WORDS,
        **_choices(),
    }
    return render(request, "form_edition.html", values, current="policy")
