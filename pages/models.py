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
        return self.filter(Q(owner=user) | Q(shared=True))


class KeptList(models.Model):
    """A saved view of one list (``page``); without a name, the owner's choice of its columns.

    ``query`` is the address's state (filters, search, order), ``columns`` the keys shown, in
    order. A shared view carries no rights: whoever opens it sees what that person may see.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("owner"), related_name="+"
    )
    page = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=60, blank=True)
    query = models.CharField(_("filters and order"), max_length=2000, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    shared = models.BooleanField(_("for all who see the list"), default=False)
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
        ]
        indexes = [models.Index(fields=["page", "shared"], name="views_of_a_list")]

    def __str__(self) -> str:
        return self.name or self.page
