"""E-mail: says that something waits and where; what it is stays behind the sign-in."""

from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from journal.models import Announcement


def send(news: Announcement) -> None:
    """Sends the short letter in the recipient's language; raises what the mail server raises."""
    with translation.override(getattr(news.recipient, "language", None)):
        send_mail(
            _("News in the operational group's portal"),
            _(
                "There is something new for you in the portal. Sign in and open the inbox to read "
                "it. This letter carries no details on purpose."
            ),
            None,
            [news.recipient.email],
        )
