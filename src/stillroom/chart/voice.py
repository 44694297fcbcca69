"""How sentences speak of a client: pronouns, the noun at first mention, verbs that agree. Pure.

The language of templates:

- `<They>`, `<them>`, `<their>`, `<theirs>`, `<themself>` are the client's pronouns; a capital asks
  for a capital. The first of them in a text is the noun (*Client*, *the client's*), so that
  nothing begins with a pronoun of nobody.
- `<was|were>` agrees with the last subject spoken: *Client was*, *she was*, *they were*.
- `<list>` and `<list or>` are what was chosen, joined by *and* or by *or*.
- "…" is a blank: it stays in the text, for the writer to fill.

Pronouns are what the front sheet says, in anybody's spelling (`she/her`, `they`, `xe/xem/xyr`).
A form that the sheet does not give is never guessed: the noun stands in its place. A sheet that
says nothing, or `any`, is spoken of as *they*.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from stillroom.kernel import capital

TOKEN: Final = re.compile(r"<([^<>]*)>")
FORMS: Final = ("they", "them", "their", "theirs", "themself")

_KNOWN: Final = {
    "she": ("she", "her", "her", "hers", "herself"),
    "he": ("he", "him", "his", "his", "himself"),
    "they": ("they", "them", "their", "theirs", "themself"),
}
_SAYS_NOTHING: Final = frozenset({"", "any", "all", "none", "ask", "any pronouns", "unknown"})
_NOUN: Final = {"they": "client", "them": "client", "their": "client’s", "theirs": "client’s"}
_NOUNS: Final = {"they": "clients", "them": "clients", "their": "clients’", "theirs": "clients’"}
_ONE_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\Z")


@dataclass(frozen=True)
class Voice:
    """Whom a text is about: five forms of the pronoun ("" where none was given), one or several."""

    forms: tuple[str, str, str, str, str] = _KNOWN["they"]
    many: bool = False

    @property
    def plural(self) -> bool:
        """Whether a verb after the pronoun is plural (*they were*, also of one person)."""
        return self.many or self.forms[0] == "they"

    @property
    def key(self) -> str:
        """The voice as a page sends it back: the forms, or `many`."""
        return "many" if self.many else "/".join(self.forms)


def voice_of(pronouns: Sequence[str]) -> Voice:
    """The voice for a chart whose holders' sheets give these pronouns."""
    if len(pronouns) > 1:
        return Voice(("they", "them", "their", "theirs", "themselves"), many=True)
    return _spoken(pronouns[0] if pronouns else "")


def voice_named(key: str) -> Voice:
    """The voice that `Voice.key` names; anything else is read like a front sheet."""
    return voice_of(("", "")) if key == "many" else _spoken(key)


def _spoken(written: str) -> Voice:
    text = " ".join(written.casefold().split())
    if text in _SAYS_NOTHING:
        return Voice()
    parts = [part.strip() for part in text.split("/")]
    if parts[0] in _KNOWN:
        return Voice(_KNOWN[parts[0]])
    if len(parts) < 2 or not all(_ONE_WORD.match(part) for part in parts if part):
        return Voice()
    subject, other, their, theirs, self_ = (*parts, "", "", "")[:5]
    return Voice((subject, other, their, theirs, self_))


class Speaker:
    """Fills the places of templates, one after another, for one text."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._named = False
        self._plural = voice.many

    def say(self, template: str, chosen: Callable[[str], str] | None = None) -> str:
        """`template` with its places filled; `chosen` gives the list joined by a word."""

        def fill(found: re.Match[str]) -> str:
            place = found[1]
            if "|" in place:
                one, _, several = place.partition("|")
                return several if self._plural else one
            if place.split(" ")[0] == "list" and chosen is not None:
                # What was chosen may hold places of its own; it is spoken in its turn.
                return TOKEN.sub(fill, chosen(place.partition(" ")[2] or "and"))
            return self._mention(place)

        return TOKEN.sub(fill, template)

    def _mention(self, place: str) -> str:
        form = place.lower()
        if form not in FORMS:
            return place
        word = self._voice.forms[FORMS.index(form)]
        if form == "themself":
            return word or ("themselves" if self._voice.many else "themself")
        named = self._named and bool(word)
        if form == "they":
            self._plural = self._voice.plural if named else self._voice.many
        self._named = True
        begins = place[0].isupper()
        if not named:
            noun = (_NOUNS if self._voice.many else _NOUN)[form]
            return capital(noun) if begins else f"the {noun}"
        return capital(word) if begins else word


def joined(parts: Sequence[str], word: str) -> str:
    """*a*, *a and b*, *a, b and c*; set apart further where a part has a comma or an *and*."""
    if len(parts) < 2:
        return "".join(parts)
    heavy = any("," in part or f" {word} " in part for part in parts)
    if heavy and len(parts) == 2:
        return f"{parts[0]}, {word} {parts[1]}"
    if heavy:
        return "; ".join(parts[:-1]) + f"; {word} {parts[-1]}"
    return ", ".join(parts[:-1]) + f" {word} {parts[-1]}"


def mistakes(template: str, *, lists: bool) -> list[str]:
    """What is wrong with a template, each as a sentence; none when it can be spoken."""
    found: list[str] = []
    rest = TOKEN.sub("", template)
    if "<" in rest or ">" in rest:
        found.append("a mark < or > stands alone; write places like <They> or <was|were>")
    places = [one[1] for one in TOKEN.finditer(template)]
    for place in places:
        if place.count("|") == 1 and all(part.strip() for part in place.split("|")):
            continue
        if lists and place in ("list", "list or", "list and"):
            continue
        if place.lower() in FORMS and place[1:] == place[1:].lower():
            continue
        found.append(
            f"<{place}> is no place; there are <They>, <them>, <their>, <theirs>, <themself>, "
            "<was|were>" + (" and <list>" if lists else "")
        )
    if lists and sum(place.startswith("list") for place in places) != 1:
        found.append("the sentence needs <list> once, where what is chosen stands")
    return found
