"""The one cookie of somebody of the practice.

Its browser does not forget `"storage"` with it: the key by which this browser is known in calls
lies there, and nothing else (no page stores anything: tests/journeys/test_lock.py). A key that went
with each sign-out would make every call a first call (docs/decisions/0035).
"""

from stillroom.identity.cookies import SessionCookie

NAME = "__Host-stillroom"
_COOKIE = SessionCookie(NAME, clears='"cache"')
read_cookie, set_cookie, clear_cookie = _COOKIE.read, _COOKIE.give, _COOKIE.take_away
