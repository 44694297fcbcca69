"""What law and ethics say of one matter on one day."""

from stillroom.law._check import check

__all__ = ["check"]
