"""Front sheets by index: the cast as written, everybody else drawn, a hundred thousand in seconds.

Rules: telephone numbers are 555 01xx, e-mail goes to `example.org` or a `.example` domain, streets
are invented. Whoever is under eighteen has a guardian.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from stillroom.config.demo import sources
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.people import Contact, Front
from stillroom.config.demo.sources import ClientSeed

MAJORITY = 18
_OLD = 55
_KIN = frozenset({"sister", "brother", "mother", "father", "son", "daughter"})
_MEN = frozenset({"brother", "father", "husband", "son"})
_RELATIONS_LATE = ("sister", "brother", "son", "daughter", "friend", "neighbor", "niece")
_MARKS = str.maketrans("", "", " '")
_MAIL = ("example.org", "post.example", "mail.example")


@dataclass(frozen=True, slots=True)
class _NameList:
    feminine: tuple[str, ...]
    masculine: tuple[str, ...]
    either: tuple[str, ...]
    family: tuple[str, ...]


@lru_cache(maxsize=1)
def _lists() -> tuple[_NameList, ...]:
    return tuple(
        _NameList(
            tuple(names.feminine.split()),
            tuple(names.masculine.split()),
            tuple(names.either.split()),
            tuple(names.family.split()),
        )
        for names in sources.names()
    )


def drawn_front(dice: Dice, index: int, place: str, today: date) -> Front:
    """The front sheet of somebody nobody wrote by hand."""
    lists = _lists()
    people = dice.pick(lists)
    families = people if dice.below(8) else dice.pick(lists)
    family = dice.pick(families.family)
    pronouns, given = _given(dice, people)
    age = _age(dice)
    guardians = () if age >= MAJORITY else _guardians(dice, people, family, place)
    payer = dice.pick(sources.places().payers)
    return Front(
        given,
        family,
        "",
        pronouns,
        born(dice, age, today),
        phone(dice, place),
        _email(given, family, index),
        _address(dice, place),
        dice.pick(sources.places().safe_contacts),
        payer,
        "" if payer == "Self-pay" else f"DEMO-{index:06d}",
        _guardian_first(guardians) or _emergency(dice, family, age, place),
        guardians,
    )


def written_front(dice: Dice, seed: ClientSeed, index: int, today: date) -> Front:
    """The front sheet of somebody in `cast.yaml`; what is left out there is drawn."""
    places = sources.places()
    payer = seed.payer or dice.pick(places.payers)
    return Front(
        given=seed.given,
        family=seed.family,
        called=seed.called,
        pronouns=seed.pronouns,
        born=born(dice, seed.age, today),
        phone=seed.phone or phone(dice, seed.place),
        email=seed.email or _email(seed.called or seed.given, seed.family, index),
        address=seed.address or _address(dice, seed.place),
        safe_contact=seed.safe_contact or dice.pick(places.safe_contacts),
        payer=payer,
        member_id="" if payer == "Self-pay" else f"DEMO-{index:06d}",
        emergency=seed.emergency
        or _guardian_first(seed.guardians)
        or _emergency(dice, seed.family, seed.age, seed.place),
        guardians=seed.guardians,
    )


def born(dice: Dice, age: int, today: date) -> date:
    """A birthday on which somebody is exactly `age` years old on `today`."""
    return today - timedelta(days=age * 1461 // 4 + 3 + dice.below(358))


def phone(dice: Dice, place: str) -> str:
    """A telephone number that nobody has."""
    return f"{dice.pick(sources.places().towns[place].areas)} 555 01{dice.below(100):02d}"


def _given(dice: Dice, people: _NameList) -> tuple[str, str]:
    draw = dice.below(100)
    if draw < 46:
        return "she/her", dice.pick(people.feminine if draw % 8 else people.either)
    if draw < 90:
        return "he/him", dice.pick(people.masculine if draw % 8 else people.either)
    return "they/them", dice.pick(people.either)


def _age(dice: Dice) -> int:
    draw = dice.below(100)
    bands: Sequence[tuple[int, int, int]] = ((12, 7, 17), (62, 18, 44), (92, 45, 69), (100, 70, 88))
    low, high = next((low, high) for below, low, high in bands if draw < below)
    return dice.between(low, high)


def _guardians(dice: Dice, people: _NameList, family: str, place: str) -> tuple[Contact, ...]:
    authority = dice.pick(sources.places().guardian_authority)
    relation = "grandmother" if authority.startswith("Guardian") else "mother"
    name = f"{dice.pick(people.feminine)} {family}"
    mother = Contact(name, relation, phone(dice, place), authority)
    if authority.startswith(("Guardian", "Sole")):
        return (mother,)
    name = f"{dice.pick(people.masculine)} {family}"
    return (mother, Contact(name, "father", phone(dice, place), authority))


def _guardian_first(guardians: tuple[Contact, ...]) -> Contact | None:
    if not guardians:
        return None
    first = guardians[0]
    return Contact(first.name, first.relation, first.phone)


def _emergency(dice: Dice, family: str, age: int, place: str) -> Contact:
    relation = dice.pick(_RELATIONS_LATE if age > _OLD else sources.places().relations)
    people = dice.pick(_lists())
    if relation not in _KIN:
        family = dice.pick(people.family)
    given = dice.pick(people.masculine if relation in _MEN else people.feminine)
    return Contact(f"{given} {family}", relation, phone(dice, place))


def _address(dice: Dice, place: str) -> tuple[str, ...]:
    places = sources.places()
    return (
        f"{dice.between(2, 899)} {dice.pick(places.streets)}",
        dice.pick(places.towns[place].towns),
    )


def _email(called: str, family: str, index: int) -> str:
    local = f"{called}.{family}".lower().translate(_MARKS)
    return f"{local}.{index}@{_MAIL[index % len(_MAIL)]}"
