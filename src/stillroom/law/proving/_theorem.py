"""What a theorem is: a sentence about the law on file, and formulas that would break it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stillroom.law._provision import Provision
from stillroom.law._vocabulary import ACTS, PROFESSIONS
from stillroom.law.proving._formulas import Formula
from stillroom.law.proving._law import Law

if TYPE_CHECKING:
    from stillroom.law.proving._case import Case

LEAVING = tuple(act for act in ACTS if act not in ("withhold", "destroy"))
"""The acts by which something of the client leaves the practice."""


@dataclass(frozen=True)
class Claim:
    """One thing to decide: no world satisfies `against` (or some world does, if `wanted`).

    `looks` are the laws to which a counterexample is put again; `kinds` the record kinds meant.
    """

    kinds: tuple[str, ...]
    against: Formula
    looks: tuple[Law, ...]
    wanted: bool = False


@dataclass(frozen=True)
class Theorem:
    """A named sentence that a lawyer can read, and what it takes to break it.

    `over` says for what it is proven; `limits` what it does not say. `may_except` tells which
    provisions may be named as exceptions; with `by_place` a place, or a place and a profession,
    may. `of_engine` theorems look at the engine's own diagrams.
    """

    name: str
    sentence: str
    why: str
    over: str
    claims: "Callable[[Case], Iterable[Claim]]"
    acts: tuple[str, ...] = LEAVING
    professions: tuple[str, ...] = PROFESSIONS
    limits: str = ""
    may_except: Callable[[Provision], bool] | None = None
    by_place: bool = False
    of_engine: bool = False
    needs_state: bool = False


@dataclass(frozen=True)
class Excepted:
    """An exception by name: a provision's id, a place (`us-al`), or both place and profession
    (`us-ak school_counselor`). `given` are further facts with which the theorem holds there."""

    theorem: str
    name: str
    why: str
    given: Mapping[str, str] = field(default_factory=dict)
