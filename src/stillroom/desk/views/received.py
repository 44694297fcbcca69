"""The door for somebody outside: an address, a code, a file. Nobody signs in here.

Rules (P8): the page names no practice, no client and no sender, and is the same for every address,
also for one that never was; what did not open is one answer, whatever was wrong; a practice takes
so many tries a minute and no more, over all addresses.
"""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from stillroom.desk.pages import open_door, render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import links
from stillroom.disclosure.links import DidNotOpen
from stillroom.disclosure.outgoing import ending_of, type_of
from stillroom.kernel import StillroomError
from stillroom.phi import House

PER_MINUTE = 30
_MINUTE = timedelta(minutes=1)


class TooMany(StillroomError):
    """More tries than a person makes."""

    what = "too many tries came in at once"
    usual_advice = "Wait a minute, and try again; your address has lost no try by it."


class Pace:
    """At most so many tries in any minute, over all addresses of one practice."""

    def __init__(self, most: int = PER_MINUTE) -> None:
        self._most = most
        self._tries: deque[datetime] = deque()
        self._lock = Lock()

    def take(self, at: datetime) -> bool:
        """Count one try; False when there were too many."""
        with self._lock:
            while self._tries and self._tries[0] <= at - _MINUTE:
                self._tries.popleft()
            if len(self._tries) >= self._most:
                return False
            self._tries.append(at)
            return True


_paces: "WeakKeyDictionary[House, Pace]" = WeakKeyDictionary()


@open_door
@require_http_methods(["GET", "POST"])
def received(request: DeskRequest, address: str) -> HttpResponse:
    """Ask for the code; give the file."""
    if request.method == "GET":
        return render(request, "received.html", {"problem": None, "veil": ""})
    house = request.shell.house
    try:
        if not _paces.setdefault(house, Pace()).take(request.at):
            raise TooMany
        file = links.open_by_link(house, address, request.POST.get("code", ""), at=request.at)
    except (DidNotOpen, TooMany) as error:
        status = 429 if isinstance(error, TooMany) else 403
        values = {"problem": error, "veil": ""}
        return render(request, "received.html", values, status=status)
    ending = ending_of(file)
    response = HttpResponse(file, content_type=type_of(ending))
    response.headers["Content-Disposition"] = f'attachment; filename="records.{ending}"'
    return response
