"""The cookie that holds a session's secret, for each door under a name of its own.

`__Host-`, Secure, HttpOnly, SameSite=Strict: sent to this host alone, over TLS alone (localhost
counts as secure in browsers), read by no script, sent along by no other site's link (T06). It goes
when the browser closes.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from stillroom.kernel import Secret


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """One door's. `clears`: what a browser forgets of the pages with it, as `Clear-Site-Data`."""

    name: str
    clears: str

    def read(self, request: HttpRequest) -> Secret | None:
        """The session's secret, if the request brings one; whether it opens anything is seen
        later."""
        text = request.COOKIES.get(self.name, "")
        try:
            return Secret(urlsafe_b64decode(text)) if text else None
        except ValueError:
            return None

    def give(self, response: HttpResponse, secret: Secret) -> None:
        """Give the browser its half of the session, until the browser closes."""
        text = urlsafe_b64encode(secret.expose()).decode("ascii")
        response.set_cookie(
            self.name, text, secure=True, httponly=True, samesite="Strict", path="/"
        )

    def take_away(self, response: HttpResponse) -> None:
        """Take it away, with what the browser kept of the pages."""
        response.delete_cookie(self.name, path="/", samesite="Strict")
        response.cookies[self.name]["secure"] = True
        response.headers["Clear-Site-Data"] = self.clears
