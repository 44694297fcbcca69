"""Matters: what was asked or happened, the determination, the packet, the account of it.

The rules are pure and live in `stillroom.disclosure.rules`; the one exit is
`stillroom.disclosure.packet`.
"""
