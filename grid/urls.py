"""Addresses under /grid/."""

from django.urls import path

from grid.lists import BatchList, CalendarList, ExemptionList, FeederList
from grid.views import (
    batches,
    exemptions,
    feeders,
    feeds,
    meters,
    regions,
    suppliers,
    upload,
)

app_name = "grid"
urlpatterns = [
    path("", feeds.home, name="home"),
    path("windows/", feeds.windows, name="windows"),
    path("batches/", BatchList.as_view(), name="batches"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/state/", batches.state, name="batch-state"),
    path("batches/<int:pk>/receipt/", batches.receipt, name="batch-receipt"),
    path("batches/<int:pk>/errors.csv", batches.errors, name="batch-errors"),
    path("batches/<int:pk>/retry/", batches.retry, name="batch-retry"),
    path("calendar/", CalendarList.as_view(), name="calendar"),
    path("exemptions/", ExemptionList.as_view(), name="exemptions"),
    path("exemptions/new/", exemptions.propose, name="exemption-propose"),
    path("exemptions/<int:pk>/", exemptions.exemption, name="exemption"),
    path("exemptions/<int:pk>/end/", exemptions.end_earlier, name="exemption-end"),
    path("exemptions/documents/<int:pk>/", exemptions.document, name="exemption-document"),
    path("feeders/", FeederList.as_view(), name="feeders"),
    path("feeders/<int:pk>/", feeders.feeder, name="feeder"),
    path("regions/", regions.regions, name="regions"),
    path("suppliers/<slug:code>/", suppliers.supplier, name="supplier"),
    path("suppliers/<slug:code>/profile/", suppliers.profile, name="profile"),
    path("upload/", upload.upload, name="upload"),
    path("meters/", meters.meters, name="meters"),
    path("meters/<int:pk>/", meters.meter, name="meter"),
    path("meters/code/<path:code>/", meters.by_code, name="meter_by_code"),
]
