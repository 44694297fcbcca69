"""The examples in the gate's documentation are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from stillroom import access

MODULES = sorted(path.stem for path in Path(access.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name):
    module = access if name == "__init__" else import_module(f"stillroom.access.{name}")
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
