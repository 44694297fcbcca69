"""The cookie of a client's session, under a name that tells nothing; and the mark of a browser that
she asked us to know.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from stillroom.identity.cookies import SessionCookie

NAME = "__Host-my"
KNOWN = "__Host-pref"
"""By which a browser is known again, only where she asked for it: random, and it opens nothing."""

_COOKIE = SessionCookie(NAME, clears='"cache", "storage"')
read_cookie, set_cookie, clear_cookie = _COOKIE.read, _COOKIE.give, _COOKIE.take_away


def known_in(request: HttpRequest) -> str:
    """What a browser that is to be known again carries."""
    return str(request.COOKIES.get(KNOWN, ""))


def carry_known(response: HttpResponse, carried: str, lives: timedelta | None) -> None:
    """Let the browser be known again: for so long, or until it is closed. No other cookie outlives
    the browser's closing."""
    response.set_cookie(
        KNOWN, carried, max_age=lives, secure=True, httponly=True, samesite="Strict", path="/"
    )


def drop_known(response: HttpResponse) -> None:
    """Take it away again."""
    response.delete_cookie(KNOWN, path="/", samesite="Strict")
    response.cookies[KNOWN]["secure"] = True
