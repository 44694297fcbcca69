"""The client's own pages, by her own door: neutral to whoever looks over her shoulder (T08).

Titles name nothing, the sessions are short, nothing is kept in the browser but the cookie of the
session, and one key leaves. The words are English and Spanish, at a reading level of grade eight.
This door and the practice's desk know nothing of each other.
"""

PORTAL = "/my/"
"""Where it lies. A word that tells nobody anything."""
