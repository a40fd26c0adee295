"""Imports, under /registry/imports/."""

from django.urls import path

from intake.lists import ImportList
from intake.views import batch, upload

app_name = "imports"
urlpatterns = [
    path("", ImportList.as_view(), name="list"),
    path("new/", upload.upload, name="upload"),
    path("samples/<slug:kind>.<slug:form>", upload.download_sample, name="sample"),
    path("<int:pk>/", batch.batch, name="batch"),
    path("<int:pk>/state/", batch.state, name="state"),
    path("<int:pk>/errors.<slug:form>", batch.errors, name="errors"),
    path("<int:pk>/undo/", batch.undo, name="undo"),
    path("<int:pk>/<slug:verb>/", batch.decide, name="decide"),
]
