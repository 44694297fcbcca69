"""The examples in the vault's documentation are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from stillroom import vault

MODULES = sorted(path.stem for path in Path(vault.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name):
    module = vault if name == "__init__" else import_module(f"stillroom.vault.{name}")
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
