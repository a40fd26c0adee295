"""Addresses of cases."""

from django.urls import path

from cases.lists.cases import CaseList
from cases.views import cases, evidence, marks, work

app_name = "cases"
urlpatterns = [
    path("", CaseList.as_view(), name="list"),
    path("citing/<slug:kind>/<slug:code>/", cases.citing, name="citing"),
    path("<str:number>/", cases.detail, name="detail"),
    path("<str:number>/moves/<slug:verb>/", cases.move, name="move"),
    path("<str:number>/marks/<int:pk>/", marks.ask_to_lift, name="ask_to_lift"),
    path("<str:number>/add/<slug:what>/", work.add, name="add"),
    path("<str:number>/comments/<int:pk>/", work.edit, name="edit_comment"),
    path("<str:number>/tasks/<int:pk>/", work.complete, name="complete_task"),
    path("<str:number>/opinions/<int:pk>/", work.answer, name="give_opinion"),
    path("<str:number>/grounds/<int:pk>/", work.uncite, name="uncite"),
    path("<str:number>/access/<int:pk>/", work.end_access, name="end_access"),
    path("<str:number>/evidence/<int:seq>/", evidence.show, name="evidence"),
    path("<str:number>/evidence/<int:seq>/file/", evidence.download, name="evidence_file"),
]
