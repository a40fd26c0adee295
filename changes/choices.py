"""Where a proposed change stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChangeState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    APPROVED = "approved", _("approved and made")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
