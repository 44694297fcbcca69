"""The plain practice once more, its words in an encrypted field.

A package of its own, because the field's library comes with `make bench` alone, and what the peers
answer in the clear is tested without it.
"""
