"""The type of a request behind a sign-in, for the annotations of views."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view behind ``login_required`` gets: its user is a person."""

    user: User
