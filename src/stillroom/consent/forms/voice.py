"""A form in the practice's voice. Pure.

Rules: every sentence may be put in other words. One that stands on law may not be left out, and no
section may be left empty; a sentence that is the practice's own word may. What the practice wrote
for a sentence is proposed again wherever the same sentence is drawn, and never where the law's
answer has become another one."""

from collections.abc import Callable, Iterable, Mapping

from stillroom.consent.forms.shapes import Form, Question, Section, Sentence
from stillroom.kernel import StillroomError

LONGEST = 1200
"""Characters of one sentence as the practice words it."""


class LeftOut(StillroomError):
    """A sentence that stands on law was emptied, or a whole section was."""

    what = "a part that the law gives was left out"
    usual_advice = "Put it in other words, or bring back the sentence as it was made."

    def __init__(self, titles: Iterable[str] = ()) -> None:
        named = ", ".join(f"“{one}”" for one in titles)
        super().__init__(f"{self.what}: {named}" if named else self.what)


class TooLong(StillroomError):
    """A sentence of more than a page."""

    what = "one of the sentences is too long to be read on a telephone"
    usual_advice = f"Shorten it to {LONGEST} letters; what you typed is still here."


def typed(form: Form, words: Mapping[str, str]) -> Form:
    """The form with the words that somebody typed, by key. `LeftOut` and `TooLong` say what not."""
    made = _with(form, lambda one: " ".join(words.get(one.key, one.words).split()))
    if any(len(one.words) > LONGEST for one in made.sentences):
        raise TooLong
    empty = [part.title for part in made.sections if _left_out(part)]
    if empty:
        raise LeftOut(empty)
    return made


def _left_out(part: Section) -> bool:
    said = [one for one in part.sentences if one.words]
    return not said or any(one.grounds and not one.words for one in part.sentences)


def proposed(form: Form, before: Iterable[Form]) -> Form:
    """The form with what the practice wrote for the same sentences before; the newest counts."""
    known: dict[tuple[str, str], str] = {}
    for older in before:
        for one in older.sentences:
            if one.in_our_voice:
                known.setdefault((one.key, one.drawn), one.words)
    return _with(form, lambda one: known.get((one.key, one.drawn), one.words))


def _with(form: Form, words: Callable[[Sentence], str]) -> Form:
    sections = tuple(
        Section(
            part.id,
            part.title,
            tuple(
                Sentence(one.key, one.drawn, words(one), one.sure, one.grounds)
                for one in part.sentences
            ),
        )
        for part in form.sections
    )
    said = {one.drawn: one.words for part in sections for one in part.sentences}
    asked = tuple(_retold(one, said) for one in form.questions)
    return Form(
        form.form,
        form.place,
        form.state,
        form.profession,
        form.works,
        form.corpus,
        form.facts,
        sections,
        asked,
    )


def _retold(one: Question, said: Mapping[str, str]) -> Question:
    """What is said when a question is missed, in the words that now stand in the form."""
    explains = one.explains
    for drawn, words in said.items():
        if words and words != drawn:
            explains = explains.replace(drawn, words)
    return Question(one.id, one.asks, one.choices, one.right, explains)
