"""And, or, not and if, made by the solver's plain calls.

The solver's own Python functions look at the sort of every part each time, which takes most of the
time of a proof. All parts here are Bools of one context, so nothing has to be looked at; a formula
that is the same is the same object of the solver, which is told by its number.
"""

from collections.abc import Iterable
from typing import Any

import z3

Formula = Any
"""A z3 Bool. The solver's own classes come without types."""

TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)
_CONTEXT = z3.main_ctx()
_REF = _CONTEXT.ref()
_TRUE, _FALSE = TRUE.get_id(), FALSE.get_id()


def is_true(formula: Formula) -> bool:
    """Whether it is the formula that always holds."""
    return bool(formula.get_id() == _TRUE)


def is_false(formula: Formula) -> bool:
    """Whether it is the formula that never holds."""
    return bool(formula.get_id() == _FALSE)


def no(formula: Formula) -> Formula:
    """That it does not hold."""
    if is_true(formula):
        return FALSE
    return TRUE if is_false(formula) else _made(z3.Z3_mk_not(_REF, formula.ast))


def all_of(parts: Iterable[Formula]) -> Formula:
    """Every part; what is known to hold is left out."""
    found = {part.get_id(): part for part in parts}
    if _FALSE in found:
        return FALSE
    found.pop(_TRUE, None)
    return _joined(z3.Z3_mk_and, list(found.values()), TRUE)


def any_of(parts: Iterable[Formula]) -> Formula:
    """Some part; what is known to fail is left out."""
    found = {part.get_id(): part for part in parts}
    if _TRUE in found:
        return TRUE
    found.pop(_FALSE, None)
    return _joined(z3.Z3_mk_or, list(found.values()), FALSE)


def if_else(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    """`then` where the condition holds, else `otherwise`."""
    return _made(z3.Z3_mk_ite(_REF, condition.ast, then.ast, otherwise.ast))


def differ(one: Formula, other: Formula) -> Formula:
    """That one holds and the other does not."""
    if one.get_id() == other.get_id():
        return FALSE
    return _made(z3.Z3_mk_xor(_REF, one.ast, other.ast))


def _joined(make: Any, parts: list[Formula], none: Formula) -> Formula:
    if len(parts) < 2:
        return parts[0] if parts else none
    return _made(make(_REF, len(parts), (z3.Ast * len(parts))(*[part.ast for part in parts])))


def _made(ast: Any) -> Formula:
    return z3.BoolRef(ast, _CONTEXT)
