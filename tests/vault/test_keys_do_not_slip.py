"""Keys do not print, pickle, copy, compare or travel in an error."""

import copy
import inspect
import pickle

import pytest

from stillroom import vault
from stillroom.kernel import StillroomError
from stillroom.vault import Keyring, PersonKey, SharedKey

KINDS = [Keyring, PersonKey, SharedKey]
ERRORS = [
    value
    for value in vars(vault).values()
    if inspect.isclass(value) and issubclass(value, StillroomError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_does_not_print_itself(kind):
    key = kind.create()
    assert repr(key) == str(key) == f"{kind.__name__}(…)"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way_out", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_key_is_not_pickled_or_copied(kind, way_out):
    key = kind.create()
    if kind is PersonKey:
        assert key.public  # what is computed when first used must not open a way out either
    with pytest.raises(TypeError):
        way_out(key)


@pytest.mark.parametrize("kind", KINDS)
def test_keys_are_not_compared_or_hashed(kind):
    key = kind.create()
    with pytest.raises(TypeError):
        assert key == kind.create()
    with pytest.raises(TypeError):
        hash(key)


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_lower_case_without_full_stop_and_has_advice(error):
    said = error()
    assert str(said)[0].islower()
    assert not str(said).endswith(".")
    assert said.advice[0].isupper()
    assert said.advice.endswith(".")
    assert error.__doc__


def test_the_front_door_names_all_that_it_shows():
    shown = {name for name in vars(vault) if not name.startswith("_")}
    assert shown == set(vault.__all__)
    assert list(vault.__all__) == sorted(
        vault.__all__, key=lambda name: (not name[0].isupper(), name)
    )
