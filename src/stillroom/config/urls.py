"""Every address. The access matrix (tests/threats/matrix.yaml) must have a row for each name."""

from django.urls import include, path

urlpatterns = [path("", include("stillroom.desk.urls"))]
handler404 = "stillroom.desk.views.problems.no_address"
