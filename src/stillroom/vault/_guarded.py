"""Objects that hold a key: they do not print, pickle, copy or compare."""

from typing import NoReturn


class Guarded:
    """A base for what holds key bytes. Its only way out is a method named `to_secret`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled or copied; wrap it to a recipient instead")

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("keys are not compared")

    __hash__ = None  # type: ignore[assignment]
