"""The one cookie that holds a session's secret.

`__Host-`, Secure, HttpOnly, SameSite=Strict: sent to this host alone, over TLS alone (localhost
counts as secure in browsers), read by no script, sent along by no other site's link (T06).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.http import HttpRequest, HttpResponse

from stillroom.kernel import Secret

NAME = "__Host-stillroom"


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
    """Take it away, with whatever the browser kept of the pages.

    Not with `"storage"`: the key by which this browser is known in calls lies there, and nothing
    else (no page stores anything: tests/journeys/test_lock.py). A key that went with each sign-out
    would make every call a first call (docs/decisions/0035).
    """
    response.delete_cookie(NAME, path="/", samesite="Strict")
    response.cookies[NAME]["secure"] = True
    response.headers["Clear-Site-Data"] = '"cache"'
