"""What clients allowed, narrowed and took back.

The rules are pure and live in `stillroom.consent.rules`.
"""
