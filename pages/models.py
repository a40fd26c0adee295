"""What a person keeps of a list: its columns, and views saved under a name."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common import clock


class KeptListQuerySet(QuerySet[Any]):
    """What was kept of lists."""

    def visible_to(self, user: Any) -> Self:
        """One's own, and what others shared; rows of the list itself have their own policy."""
        shared = Q(shared=True, own_body=False)
        if user.agency_id:
            shared |= Q(shared=True, owner__agency=user.agency_id)
        return self.filter(Q(owner=user) | shared)


class KeptList(models.Model):
    """A saved view of one list (``page``); without a name, what its owner chose for the list.

    ``query`` is the address's state (filters, search, order), ``columns`` the keys shown, in
    order. A shared view carries no rights: whoever opens it sees what that person may see. Of the
    owner's choice, ``opens`` is the view that the list begins with.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("owner"), related_name="+"
    )
    page = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=60, blank=True)
    query = models.CharField(_("filters and order"), max_length=2000, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    shared = models.BooleanField(_("for others who see the list"), default=False)
    own_body = models.BooleanField(_("for the owner's body only"), default=False)
    opens = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("opens first"), related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    kept_at = models.DateTimeField(_("saved"), default=clock.now, editable=False)

    objects = KeptListQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="one_view_a_name"),
            models.CheckConstraint(
                condition=~Q(name="") | Q(shared=False), name="columns_are_not_shared"
            ),
            models.CheckConstraint(
                condition=Q(shared=True) | Q(own_body=False), name="a_body_is_shared_with"
            ),
            models.CheckConstraint(
                condition=Q(name="") | Q(opens__isnull=True), name="a_choice_opens_a_view"
            ),
        ]
        indexes = [models.Index(fields=["page", "shared"], name="views_of_a_list")]

    def __str__(self) -> str:
        return self.name or self.page

    @property
    def address(self) -> str:
        """The list's query that opens this view."""
        return f"?{self.query}{'&' if self.query else ''}saved={self.pk}"

    @property
    def audience(self) -> str:
        """Who sees it: "" nobody else, "body" the owner's body, "all" whoever sees the list."""
        return ("body" if self.own_body else "all") if self.shared else ""
