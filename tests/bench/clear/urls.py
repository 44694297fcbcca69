"""Our addresses, two of them answered in the clear; the others are here to be linked to."""

from django.urls import include, path

from stillroom.desk import urls as ours
from tests.bench.clear import portal, views

urlpatterns = [
    path("clients/<str:chart_id>", views.chart, name="chart"),
    path("records/<str:record_id>", views.record, name="record"),
    path("my/", portal.home, name="portal_home"),
    path("my/", include("stillroom.portal.urls")),
    *ours.urlpatterns,
]
