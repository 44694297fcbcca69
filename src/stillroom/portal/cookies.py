"""The cookie of a client's session, under a name that tells nothing.

As the desk's: `__Host-`, Secure, HttpOnly, SameSite=Strict, and gone when the browser closes.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from stillroom.kernel import Secret

NAME = "__Host-my"
KNOWN = "__Host-pref"
"""By which a browser is known again, only where she asked for it: random, and it opens nothing."""


def read_cookie(request: HttpRequest) -> Secret | None:
    """The session's secret, if the request brings one; whether it opens anything is seen later."""
    text = request.COOKIES.get(NAME, "")
    try:
        return Secret(urlsafe_b64decode(text)) if text else None
    except ValueError:
        return None


def set_cookie(response: HttpResponse, secret: Secret) -> None:
    """Give the browser its half of the session, until the browser closes."""
    text = urlsafe_b64encode(secret.expose()).decode("ascii")
    response.set_cookie(NAME, text, secure=True, httponly=True, samesite="Strict", path="/")


def clear_cookie(response: HttpResponse) -> None:
    """Take it away, with whatever the browser kept of the pages."""
    response.delete_cookie(NAME, path="/", samesite="Strict")
    response.cookies[NAME]["secure"] = True
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


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
