"""The demonstration's young client with a door of her own, and her mother at another; and messages.

The first minor whose therapist still cares for her, and the first guardian on her front sheet.
"""

from dataclasses import replace

from stillroom.config.demo_run import Loading
from stillroom.config.demonstration import Person, new_passphrase
from stillroom.correspondence import actions
from stillroom.identity import guests
from stillroom.kernel import Trilean
from stillroom.phi import Presence
from stillroom.practice import actions_guests, actions_proxies, queries, queries_guests
from stillroom.practice.actions_guests import Stand
from stillroom.practice.actions_proxies import Decided
from stillroom.practice.majority import USUAL
from stillroom.practice.rules_proxies import About, Asked, Custody, Ground

_MANNER = (
    "We read messages on working days between nine and five, and answer within two of them. Nobody"
    " reads them at night. If it cannot wait, call the practice."
)
_SPANISH = (
    "Leemos los mensajes los días hábiles entre las nueve y las cinco, y contestamos en dos de"
    " ellos. Nadie los lee de noche. Si no puede esperar, llame a la oficina."
)
_NO = (
    "minor_consented_to_care",
    "parent_agreed_to_confidentiality",
    "client_emancipated",
    "representative_endangers",
)
_WHY = (
    "She came along and signed for the care. We agreed, all three, that what is said in"
    " session stays between the two of us unless somebody is in danger."
)


def write(run: Loading, owner: Presence) -> None:
    """How the practice answers; a family's threads; and one of the first client who comes in."""
    actions.say_manner(owner, _MANNER, _SPANISH)
    if run.guests:
        _ask_and_answer(run)
    for chart_id, chart in run.written:
        here = run.here[chart.clinician]
        if not run.cares_now(chart, chart.clinician):
            continue
        head = queries.chart_head(here, chart_id)
        age = head.holders[0].sheet.age_on(here.today)
        sheet = head.holders[0].sheet
        if len(head.holders) == 1 and age is not None and age < USUAL and sheet.guardians:
            _family(run, here, chart_id)
            return


def _ask_and_answer(run: Loading) -> None:
    client, ada = run.guests[0], run.here["ada"]
    chart = queries_guests.stands(client)[0].chart
    thread = actions.write(client, chart, "The pharmacy asks for your telephone number. May I?")
    actions.answer(ada, thread, "Yes, give them the practice’s. See you at the usual time.", seen=1)


def _family(run: Loading, here: Presence, chart_id: str) -> None:
    """A daughter who writes alone, and a mother who was answered."""
    (holder,) = queries.chart_head(here, chart_id).holders
    guardian = holder.sheet.guardians[0]
    offered = actions_guests.invite(here, chart_id, Stand(holder.client))
    young = _take_up(run, here, offered, holder.sheet.full)
    profile = queries.staff_profile(here.person)
    head = queries.chart_head(here, chart_id)
    profession = profile.profession if profile else ""
    about = About(holder.sheet.born, head.place, profession, here.today)
    asked = Asked(
        guardian.name,
        guardian.relation,
        Ground.PARENT,
        Custody.BOTH,
        guardian.authority,
        answers=dict.fromkeys(_NO, Trilean.NO),
    )
    given = frozenset({"appointments", "forms", "messages"})
    decided = Decided(holder.client, asked, about, given, _WHY)
    place = actions_proxies.let_in(here, run.shell.corpus, chart_id, decided)
    mother = _take_up(run, here, place, guardian.name)
    thread = actions.write(mother, chart_id, "Could we come half an hour later next week?")
    actions.answer(here, thread, "We can. I have changed it.", seen=1)
    actions.write(young, chart_id, "Can we talk about the school trip next time? Just us.")


def _take_up(run: Loading, here: Presence, offered: guests.Offer, name: str) -> Presence:
    passphrase, house = new_passphrase(), here.house
    told = guests.take_up(house, offered.address, offered.code, passphrase, at=here.at)
    opened = guests.sign_in(house, told.sign_name, passphrase, "", at=here.at)
    run.people.append(Person(told.sign_name, name, ("client",), passphrase, ""))
    return replace(here, person=opened.person, name="", roles=guests.ROLES, key=opened.key, veil="")
