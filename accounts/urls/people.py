"""Addresses of the pages about the people of a body."""

from django.urls import path

from accounts.lists import InvitationList, PeopleList
from accounts.views import people

app_name = "people"
urlpatterns = [
    path("", PeopleList.as_view(), name="list"),
    path("invite/", people.invite, name="invite"),
    path("invitations/", InvitationList.as_view(), name="invitations"),
    path("invitations/<int:number>/", people.invitation, name="invitation"),
    path("invitations/<int:number>/<slug:verb>/", people.decide_invitation, name="decide"),
]
