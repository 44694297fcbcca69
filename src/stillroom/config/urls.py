"""Every address. The access matrix (tests/threats/matrix.yaml) must have a row for each name."""

from django.urls import include, path

from stillroom.portal import PORTAL

urlpatterns = [
    path(PORTAL[1:], include("stillroom.portal.urls")),
    path("", include("stillroom.desk.urls")),
]
handler404 = "stillroom.config.middleware.no_address"
