"""The public register, under /register/."""

from django.urls import path

from registry.views import register, register_files

app_name = "register"
urlpatterns = [
    path("", register.search, name="search"),
    path("check/", register.check, name="check"),
    path("download/", register_files.download, name="download"),
    path("<path:number>/extract.pdf", register_files.extract_pdf, name="pdf"),
    path("<path:number>/", register.extract, name="extract"),
]
