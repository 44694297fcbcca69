"""Errors teach and never tell tales: every error of the package keeps the rules of its root."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import pytest

import stillroom
from stillroom.kernel import Misuse, StillroomError

_TYPE_NAME = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b|\b\w*(?:Error|Exception)\b")


def modules() -> Iterator[str]:
    """Every module of the package; migrations and the page server's own start are left out."""
    for found in pkgutil.walk_packages(stillroom.__path__, "stillroom."):
        if ".migrations" not in found.name and not found.name.endswith((".wsgi", "verify_log")):
            yield found.name


def subclasses(of: type[StillroomError]) -> Iterator[type[StillroomError]]:
    """All, however far down."""
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


@pytest.fixture(scope="module")
def errors() -> list[type[StillroomError]]:
    """Every error that the package can raise, once all of it was imported."""
    for name in modules():
        importlib.import_module(name)
    found = {one for one in subclasses(StillroomError) if one.__module__.startswith("stillroom.")}
    assert len(found) > 30
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def said(one: type[StillroomError]) -> tuple[str, str]:
    """The usual message and advice of a class, without making one."""
    return one.what, one.usual_advice


def complaints(what: str, advice: str) -> list[str]:
    """What is wrong with an error's words."""
    wrong = []
    if not what or what[0] != what[0].lower():
        wrong.append("the message begins in lower case")
    if what.endswith((".", "!", "?")):
        wrong.append("the message has no full stop")
    if _TYPE_NAME.search(what):
        wrong.append("the message names no type")
    if not advice or not advice[0].isupper() or not advice.endswith("."):
        wrong.append("the advice is a sentence")
    if _TYPE_NAME.search(advice):
        wrong.append("the advice names no type")
    return wrong


def test_every_error_says_what_and_advises(errors: list[type[StillroomError]]) -> None:
    wrong = {
        f"{one.__module__}.{one.__name__}": found
        for one in errors
        if (found := complaints(*said(one)))
    }
    assert wrong == {}


def test_every_error_says_in_its_docstring_what_it_means(
    errors: list[type[StillroomError]],
) -> None:
    assert [one.__qualname__ for one in errors if not inspect.getdoc(one)] == []
    inherited = [one.__qualname__ for one in errors if "__doc__" not in vars(one)]
    assert inherited == []


def test_errors_end_in_no_suffix_that_says_only_that_they_are_errors(
    errors: list[type[StillroomError]],
) -> None:
    roots = {"StillroomError", "LawError", "ProvisionError"}
    assert {one.__name__ for one in errors if one.__name__.endswith("Error")} <= roots


@pytest.mark.parametrize(
    ("what", "advice"),
    [
        ("Something broke", "Try again."),
        ("something broke.", "Try again."),
        ("something broke", "try again."),
        ("something broke", "Try again"),
        ("something broke", ""),
        ("a ValueError happened", "Try again."),
        ("the PublicKey is bad", "Try again."),
    ],
)
def test_the_rule_sees_what_breaks_it(what: str, advice: str) -> None:
    assert complaints(what, advice)


def test_an_error_takes_its_own_words_and_else_those_of_its_class() -> None:
    class Lost(StillroomError):
        what = "it is lost"
        usual_advice = "Look again."

    assert (str(Lost()), Lost().advice) == ("it is lost", "Look again.")
    other = Lost("it is gone", advice="Stop looking.")
    assert (str(other), other.advice) == ("it is gone", "Stop looking.")


def test_a_programmers_mistake_is_caught_by_no_handler_made_for_people() -> None:
    assert not issubclass(Misuse, StillroomError)
    assert not issubclass(StillroomError, Misuse)
