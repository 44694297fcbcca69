"""A working day in a served practice, all of it through the pages, with a canary in every field.

Three kinds of canary, because they may lie in different places of memory: `front` for what the
unsealed server knows of a client (names, ways to reach her), `chart` for clinical words, `secret`
for what people sign in with. None of them may ever be on a disk.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.harness.asked_for import answer_the_client
from tests.harness.at_risk import assess_risk
from tests.harness.beyond_the_chart import (
    keep_a_calendar,
)
from tests.harness.browser import Browser, Page
from tests.harness.documents import keep_documents
from tests.harness.in_an_emergency import break_a_glass
from tests.harness.leaving import send_by_link
from tests.harness.looking import look_around
from tests.harness.matters import ask_somebody
from tests.harness.measured import lay_a_questionnaire, take_measures
from tests.harness.packets_cut import cut_first, look_at_both_files, sum_up
from tests.harness.planning import plan_the_care
from tests.harness.privileged import keep_privilege, write_letters
from tests.harness.searching import search_the_records
from tests.harness.served import Person, Served
from tests.harness.sheets_filled import supervise, write_sheets
from tests.harness.sweep import Canaries
from tests.harness.what_left import give_accounts, weigh_an_incident
from tests.harness.wishing import take_a_paper_back, wish
from tests.harness.with_colleagues import work_together
from tests.harness.writing_help import write_with_help
from tests.harness.written_by_clients import write_by_the_other_door

ID = r"([a-z2-7]{26})"
_FRONT_PAGES = frozenset({"admit", "admit_known", "holders", "front", "clients", "find"}) | {
    "portal_reach",
    "portal_time_ask",
}
_DOORS = frozenset(
    {
        "signin",
        "signin_words",
        "welcome",
        "unlock",
        "step_up",
        "passphrase_change",
        "recovery_words",
        "account",
    }
)


@dataclass
class Life:
    """What was done, and how to find it again."""

    served: Served
    front: Canaries = field(default_factory=Canaries)
    chart: Canaries = field(default_factory=Canaries)
    secret: Canaries = field(default_factory=Canaries)
    ids: dict[str, str] = field(default_factory=dict)
    browsers: list[Browser] = field(default_factory=list)

    @property
    def kinds(self) -> tuple[Canaries, ...]:
        """All canaries."""
        return self.front, self.chart, self.secret

    def type_words(self, address: str, name: str, _: str) -> str:
        """What a person types into a field for words."""
        if address in _DOORS:
            return self.secret.words(f"{address} {name}")
        kind = self.front if address in _FRONT_PAGES else self.chart
        return kind.words(f"{address} {name}")

    def browser_of(self, name: str) -> Browser:
        """That person's browser, signed in."""
        browser = self.served.sign_in(name, self.type_words)
        self.browsers.append(browser)
        return browser

    def note_id(self, name: str, page: Page, pattern: str) -> str:
        """Keep the identifier that a page or a redirect names."""
        found = re.search(pattern, page.goes_to or page.text)
        assert found, (name, page.status, page.text[:800])
        self.ids[name] = found[1]
        return found[1]


def live(served: Served) -> Life:
    """Found a practice, take on staff, and let everybody do a day's work."""
    life = Life(served)
    served.found(Person("olga", life.secret.words("olga passphrase")))
    lay_a_questionnaire(served)
    served.start()
    take_on_staff(life)
    admit_clients(life)
    share_the_care(life)
    keep_a_calendar(life)
    write_notes(life)
    plan_the_care(life)
    write_sheets(life)
    supervise(life)
    break_a_glass(life)
    search_the_records(life)
    let_a_packet_leave(life)
    ask_somebody(life)
    wish(life)
    give_accounts(life)
    weigh_an_incident(life)
    answer_the_client(life)
    keep_privilege(life)
    write_letters(life)
    assess_risk(life)
    take_measures(life)
    work_at_the_desk(life)
    work_together(life)
    write_by_the_other_door(life)
    look_around(life)
    return life


# Staff


def take_on_staff(life: Life) -> None:
    """The owner invites; each takes up her place at the page, in a browser of her own."""
    olga = life.browser_of("olga")
    for sign_name, name, roles in (
        ("ada", "Ada Merrow", ["clinician"]),
        ("sol", "Sol Adeyemi", ["clinician", "supervisor"]),
        ("cal", "Cal Whitlock", ["front_desk", "biller"]),
    ):
        form = olga.open("/people").form("/people/invite")
        told = olga.submit(form, name=name, sign_name=sign_name, roles=roles)
        code = _digests(told)[0]
        person = Person(sign_name, life.secret.words(f"{sign_name} passphrase"))
        door = life.served.browse(life.type_words)
        life.browsers.append(door)
        wrong = door.submit(door.open("/welcome").form("/welcome"))
        assert wrong.status == 409
        form = door.open("/welcome").form("/welcome")
        shown = door.submit(form, code=code, passphrase=person.passphrase, again=person.passphrase)
        person.secret, person.words = _digests(shown)
        life.secret.also(person.secret)
        life.served.people[sign_name] = person
    life.secret.also(life.served.people["olga"].secret)


def _digests(page: Page) -> list[str]:
    found = re.findall(r'<p class="digest">([^<]+)</p>', page.text)
    assert found, page.text[:800]
    return found


# Clients and notes


def admit_clients(life: Life) -> None:
    """Ada admits a client, every field filled in, and corrects the front sheet."""
    ada = life.browser_of("ada")
    form = ada.open("/clients/new").form("/clients/new")
    given = {
        "phone": life.front.also("7313550926184"),
        "born": life.front.also("1961-02-27"),
        "emergency_phone": life.front.also("7313550926185"),
        "guardian_1_phone": life.front.also("7313550926186"),
        "guardian_2_phone": life.front.also("7313550926189"),
    }
    assert ada.submit(form, **given).status == 302
    life.note_id("chart", ada.open("/clients"), rf"/clients/{ID}")
    form = ada.open(f"/clients/{life.ids['chart']}/front").form("/front")
    life.note_id("client", ada.pages[-1], rf"client={ID}")
    given |= {"phone": life.front.also("7313550926187")}
    given |= {"guardian_3_phone": life.front.also("7313550926190")}
    assert ada.submit(form, **given).status == 302
    admit_a_couple(life)


def admit_a_couple(life: Life) -> None:
    """A couple that begins with the client, and goes on with somebody new."""
    ada = life.served.people["ada"].web
    page = ada.open("/clients/new/known")
    assert ada.submit(page.form("/known")).status == 200
    found = ada.submit(page.form("/known"), q=life.front.tag)
    assert life.ids["client"] in found.text
    choose = next(form for form in found.forms if "client" in form.types)
    sent = {"client": life.ids["client"], "q": life.front.tag}
    assert ada.submit(choose, **sent).status == 409
    opened = ada.submit(choose, kind="couple", **sent)
    couple = life.note_id("couple", opened, rf"/clients/{ID}/holders")
    page = ada.open(f"/clients/{couple}/holders")
    assert ada.submit(next(form for form in page.forms if "q" in form.types)).status == 200
    form = next(form for form in page.forms if "given" in form.types)
    numbers = ("phone", "emergency_phone", "guardian_1_phone", "guardian_2_phone")
    telephones = {name: life.front.also(f"73135509262{nth}0") for nth, name in enumerate(numbers)}
    added = ada.submit(form, born=life.front.also("1962-03-28"), **telephones)
    assert added.status == 302, added.text[:800]


def share_the_care(life: Life) -> None:
    """Ada takes Sol in to cover, ends it, takes her in to supervise; and sets the place of law."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    page = ada.open(f"/clients/{chart}/care")
    found = re.search(rf'<option value="{ID}">Sol Adeyemi', page.text)
    assert found, page.text[:800]
    sol = found[1]
    form = page.form("/care/begin")
    assert ada.submit(form, person=sol, capacity="covering", until="").status == 409
    # The last day of a cover stands in the clear: it is no word of a client's.
    assert ada.submit(form, person=sol, capacity="covering", until="2037-06-18").status == 302
    ada.open(f"/clients/{chart}/care")
    ending = ada.open(f"/clients/{chart}/care/{sol}/end")
    assert ada.submit(ending.form("/end")).status == 302
    assert ada.submit(form, person=sol, capacity="supervising", until="").status == 302
    place = ada.open(f"/clients/{chart}/care").form("/place")
    assert ada.submit(place, place="us-md").status == 302


def write_notes(life: Life) -> None:
    """Ada writes notes of every kind: autosaved, divided anew, signed, added to, struck, left."""
    write(life, "progress_note", "note")
    ada = life.served.people["ada"].web
    form = ada.open(f"/records/{life.ids['note']}").form("/addendum")
    assert ada.submit(form, error=[]).status == 302
    write(life, "progress_note", "struck")
    form = ada.open(f"/records/{life.ids['struck']}").form("/addendum")
    assert ada.submit(form, error="yes").status == 302
    for kind in ("psychotherapy_note", "sud_counseling_note", "outside_record"):
        write(life, kind, kind)
    keep_documents(life)
    write(life, "progress_note", "draft", sign=False)
    write_with_help(life)


def write(life: Life, kind: str, name: str, *, sign: bool = True) -> None:
    """One note, by the way that a person and the page's script take."""
    ada = life.served.people["ada"].web
    begun = ada.post(f"/clients/{life.ids['chart']}/begin/{kind}", {})
    record = life.note_id(name, begun, rf"/records/{ID}")
    page = ada.open(f"/records/{record}")
    form = page.form("/sign")
    parts = [part for part, sort in form.types.items() if sort == "textarea"]
    for version in (1, 2):
        words = {part: life.chart.words(f"{kind} {part} {version}") for part in parts}
        saved = ada.json(f"/records/{record}/draft", {"version": version, "fields": words})
        assert saved.status == 200, saved.text
    ada.typed |= {("sign", part) for part in parts}
    if kind == "progress_note":
        form = ada.open(f"/records/{record}").form("/sign")
        sent = {part: form.values[part] for part in ("version", *parts)}
        changed = ada.post(f"/records/{record}/form", {**sent, "form": "SOAP"})
        assert changed.status == 302, changed.text[:500]
    if sign:
        # Times of day are no canaries: they are fields in which words are refused.
        given = (
            {"start": "10:00", "stop": "10:50", "as_it_is": "10"} if "start" in form.types else {}
        )
        signed = ada.submit(ada.open(f"/records/{record}").form("/sign"), **given)
        assert signed.status == 302, signed.text[:500]


def write_quickly(life: Life, browser: Browser) -> None:
    """A note begun, saved, signed and added to, without looking at any page between."""
    begun = browser.post(f"/clients/{life.ids['chart']}/begin/progress_note", {})
    record = begun.goes_to.rpartition("/")[2]
    words = {part: life.chart.words(part) for part in ("Data", "Assessment", "Plan")}
    saved = browser.json(f"/records/{record}/draft", {"version": 1, "fields": words})
    assert saved.status == 200, saved.text
    assert browser.post(f"/records/{record}/sign", {"version": "2", "as_it_is": "10"}).status == 302
    added = browser.post(f"/records/{record}/addendum", {"text": life.chart.words("added")})
    assert added.status == 302


# The exit


def let_a_packet_leave(life: Life) -> None:
    """A subpoena arrives, the client's paper is entered, and a packet leaves."""
    asker = life.chart.words("asker")
    ada = life.served.people["ada"].web
    licence = {"profession": "psychologist", "place": "us-md"}
    form = ada.open("/account/profile").form("/account/profile")
    assert ada.submit(form, credential="PhD", location="Baltimore", **licence).status == 302
    enter_authorizations(life, asker)
    matter = enter_matter(life, asker)
    for fact, value in (("identity_verified", "yes"), ("federal_court", "no")):
        assert ada.post(f"/matters/{matter}/answer", {"fact": fact, "value": value}).status == 302
    page = ada.open(f"/matters/{matter}")
    assert ada.submit(page.form("/decide"), decision="build", words="").status == 409
    page = ada.open(f"/matters/{matter}")
    assert ada.submit(page.form("/decide"), decision="build").status == 302
    cut_first(life, matter)
    sum_up(life, matter)
    built = look_at_both_files(life, matter)
    packet = life.note_id("packet", built, rf"/packets/{ID}")
    life.ids["matter"] = matter
    send_by_link(life, packet, asker)
    ada.open(f"/packets/{packet}/file")
    # What went behind a link goes by nothing else.
    assert ada.get(f"/packets/{packet}/file?save=1").status == 409


def enter_authorizations(life: Life, asker: str) -> None:
    """Two papers of the client: one that counts, one that lacks something and is taken back."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    # The days of the paper that counts are near, as Maryland lets none run longer than a year; those
    # of the other are a client's.
    signed, today = f"signed_{life.ids['client']}", datetime.now(UTC).date()
    whole: dict[str, str | list[str]] = {
        signed: (today - timedelta(days=20)).isoformat(),
        "recipient": asker,
        "recipient_kind": "attorney",
        "kinds": ["progress_notes"],
        "purpose": "legal_proceeding",
        "expires_on": (today + timedelta(days=300)).isoformat(),
        "since": life.chart.also("1987-03-29"),
        "until": life.chart.also("2034-06-18"),
        "expires_event": "",
        "may_revoke": "yes",
        "conditioning": "yes",
        "redisclosure": "yes",
        "conditioned": "no",
        "merged": "no",
    }
    address = f"/clients/{chart}/authorizations/new"
    kept = ada.submit(ada.open(address).form("/authorizations/new"), **whole)
    assert kept.status == 302, re.findall(r'class="mend".*?</div>', kept.text, re.DOTALL)
    lacking = ada.submit(ada.open(address).form("/authorizations/new"))
    assert lacking.status == 409
    days = {signed: life.chart.also("2025-08-13"), "expires_on": life.chart.also("2033-05-19")}
    kept = ada.submit(lacking.form("/authorizations/new"), keep_anyway="yes", **days)
    assert kept.status == 302, kept.text[:500]
    papers = re.findall(rf"/authorizations/{ID}", ada.open(f"/clients/{chart}").text)
    take_a_paper_back(life, papers[0])


def enter_matter(life: Life, asker: str) -> str:
    """The request, first without what nothing can be judged without, then whole."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    address = f"/clients/{chart}/matters/new"
    assert ada.submit(ada.open(address).form("/matters/new")).status == 409
    form = ada.open(address).form("/matters/new")
    entered = ada.submit(
        form,
        asker=asker,
        asker_kind="attorney",
        instrument="attorney_subpoena",
        signed_by="attorney",
        purpose="legal_proceeding",
        proceeding="custody",
        court="state",
        kinds=["progress_notes"],
        received_on=life.chart.also("2025-09-27"),
        served_on=life.chart.also("2025-09-26"),
        return_date=life.chart.also("2031-10-17"),
        since=life.chart.also("1987-03-30"),
        until=life.chart.also("2034-06-17"),
    )
    return life.note_id("matter", entered, rf"/matters/{ID}")


# Everybody else, and everything else


def work_at_the_desk(life: Life) -> None:
    """The front desk finds the client by name and corrects a telephone number."""
    cal = life.browser_of("cal")
    found = cal.submit(cal.open("/clients").form("/clients"), q=life.front.tag)
    assert life.ids["chart"] in found.text
    assert cal.submit(found.form("/clients")).status == 200
    cal.open(f"/clients/{life.ids['chart']}")
    form = cal.open(f"/clients/{life.ids['chart']}/front").form("/front")
    given = {"phone": life.front.also("7313550926188"), "emergency_phone": "7313550926185"}
    given |= {f"guardian_{nth}_phone": f"731355092619{nth}" for nth in (1, 2, 3, 4)}
    sent = cal.submit(form, born="1961-02-27", **given)
    assert sent.status == 302


Step = Callable[[Life], None]
