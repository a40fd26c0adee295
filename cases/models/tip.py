"""A tip, and apart from it who filed it."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import LeadState, Power
from cases.models.files import KeptFile
from cases.models.place import Located
from cases.querysets import TipFileQuerySet, TipQuerySet
from cases.wording import TIP_BADGES
from pages.badges import Badge


class Tip(Located):
    """What somebody saw. Nothing here says who: that is ``TipReporter``, sealed.

    No field history either: its context rows name the person of the request.
    """

    number = models.CharField(_("number"), max_length=16, unique=True)
    receipt_hash = models.CharField(_("receipt, hashed"), max_length=64, unique=True)
    what = models.TextField(_("what was seen"))
    who = models.CharField(_("who"), max_length=300, blank=True)
    party_bin = models.CharField(_("BIN or IIN"), max_length=12, blank=True)
    power = models.CharField(_("power"), max_length=8, choices=Power.choices, default=Power.UNKNOWN)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    anonymous = models.BooleanField(_("anonymous"), default=False)
    competitor = models.BooleanField(_("names a competitor"), default=False)
    filed_at = models.DateTimeField(_("filed at"))
    lead = models.OneToOneField(
        "cases.Lead", models.PROTECT, related_name="tip", verbose_name=_("lead")
    )

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        ordering = ["-filed_at", "-id"]
        constraints = [
            *Located.Meta.constraints,
            models.CheckConstraint(name="tip_says_something", condition=~models.Q(what="")),
            models.CheckConstraint(
                name="tip_has_a_place",
                condition=~models.Q(place="") | models.Q(lat__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("tips:receipt", args=[self.number])

    @property
    def badge(self) -> Badge:
        """The state in the words for the filer."""
        return TIP_BADGES[LeadState(self.lead.state)]


class TipReporter(models.Model):
    """Who filed a tip. An anonymous tip has no row here, so nothing can be unsealed."""

    tip = models.OneToOneField(Tip, models.CASCADE, related_name="reporter", primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reporter")
    )

    class Meta:
        verbose_name = _("sealed reporter")
        verbose_name_plural = _("sealed reporters")

    def __str__(self) -> str:
        # Not the person: this text reaches logs and the admin.
        return f"{self.tip_id}"


class TipFile(KeptFile):
    """A photo or file of a tip; without a tip it waits for its form to be sent."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tip = models.ForeignKey(
        Tip, models.CASCADE, related_name="files", null=True, blank=True, verbose_name=_("tip")
    )

    objects = TipFileQuerySet.as_manager()

    place: tuple[float, float] | None = None  # of the upload in hand, never stored

    class Meta:
        verbose_name = _("file of a tip")
        verbose_name_plural = _("files of tips")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
