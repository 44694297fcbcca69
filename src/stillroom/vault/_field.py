"""Arithmetic in GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1 (FIPS 197, section 4).

Adding is exclusive or. Multiplying goes through tables, so its time may depend on the values;
shares are combined by hand at a ceremony, not on a server that an attacker can time.
"""

from collections.abc import Sequence

_POLYNOMIAL = 0x11B


def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers of 3, which generates the field, and their logarithms."""
    powers, logarithms = [0] * 510, [0] * 256
    value = 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logarithms[value] = exponent
        value ^= value << 1
        value ^= _POLYNOMIAL if value > 255 else 0
    return tuple(powers), tuple(logarithms)


_POWER, _LOG = _tables()


def multiply(left: int, right: int) -> int:
    """The product."""
    return _POWER[_LOG[left] + _LOG[right]] if left and right else 0


def divide(left: int, right: int) -> int:
    """The quotient. `ZeroDivisionError` for zero."""
    if right == 0:
        raise ZeroDivisionError("zero has no inverse")
    return _POWER[_LOG[left] - _LOG[right] + 255] if left else 0


def evaluate(coefficients: Sequence[int], x: int) -> int:
    """The polynomial's value at `x`, the constant term first (Horner's rule)."""
    value = 0
    for coefficient in reversed(coefficients):
        value = multiply(value, x) ^ coefficient
    return value


def weights_at_zero(xs: Sequence[int]) -> list[int]:
    """Lagrange's weights: what each point contributes to the value at zero."""
    weights = []
    for x in xs:
        weight = 1
        for other in xs:
            if other != x:
                weight = multiply(weight, divide(other, other ^ x))
        weights.append(weight)
    return weights
