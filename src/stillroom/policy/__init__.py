"""The practice's own policy: proposed by one, agreed by another, in force from then on, kept.

What a policy may say, and that it can only tighten, is `stillroom.law`'s; here stands who made it.
"""
