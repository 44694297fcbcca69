"""Coming back with recovery words when the passphrase or the authenticator is lost.

Rule: a refused form keeps the name typed, and neither the words nor a passphrase.
"""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from stillroom.desk.cookies import clear_cookie
from stillroom.desk.pages import open_door, render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.doors import OURS, require_same, typed_in
from stillroom.identity import recovery
from stillroom.kernel import StillroomError


@open_door
@require_http_methods(["GET", "POST"])
def words(request: DeskRequest) -> HttpResponse:
    """Name, words and a new passphrase; then the new authenticator, once."""
    if request.method == "GET":
        return render(request, "words.html", {"problem": None, "name": ""})
    typed = typed_in(request)
    try:
        require_same(typed)
        made = recovery.renew(
            request.shell.house,
            typed.get("name", ""),
            [typed.get("words", "")],
            typed.get("passphrase", ""),
            at=request.at,
        )
    except OURS:
        raise
    except StillroomError as error:
        values = {"problem": error, "name": typed.get("name", "")}
        return render(request, "words.html", values, status=403)
    response = render(
        request, "words_done.html", {"made": made, "secret": made.code_secret.expose()}
    )
    if request.cookie is not None and _ended(request, made.person):
        clear_cookie(response)
    return response


def _ended(request: DeskRequest, person: str) -> bool:
    """Whether this browser's own session was one of those that ended."""
    known = request.here or request.locked
    return known is not None and known.person == person
