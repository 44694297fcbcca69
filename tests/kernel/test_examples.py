"""The examples in the kernel's documentation are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from stillroom import kernel

MODULES = sorted(path.stem for path in Path(kernel.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    module = kernel if name == "__init__" else import_module(f"stillroom.kernel.{name}")
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
