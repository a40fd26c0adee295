"""How sign-in differs from allauth's default: nobody signs up; people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect opens the account with the same address and makes none."""

    def is_open_for_signup(self, _request: HttpRequest, _login: object) -> bool:
        return False
