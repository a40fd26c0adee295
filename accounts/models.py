"""People, bodies, roles with their dates, invitations and API tokens."""

from functools import cached_property
from typing import Any

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from accounts.choices import AgencyKind, GrantState, InvitationState, Role, Theme
from accounts.querysets import InvitationQuerySet, UserQuerySet

LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]


@pghistory.track(level=pgtrigger.Statement)
class Agency(models.Model):
    """A body whose people use the portal: a member of the group, a partner or a data supplier."""

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AgencyKind)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.names.get(get_language() or "", self.name_ru)

    @property
    def names(self) -> dict[str, str]:
        """The name in all three languages."""
        return {"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en}


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # a manager made of a queryset at run time
    """Makes people; an e-mail address is one person's, whatever its letters' case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with a usable password, or with none if ``password`` is None."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email__iexact=username)
        return user


@pghistory.track(
    level=pgtrigger.Statement,
    exclude=["password", "last_login", "visited_at", "before_at", "language", "theme"],
)
class User(AbstractBaseUser):  # type: ignore[django-manager-missing]  # knox has no types
    """A person who signs in by e-mail. Rights come from role grants alone."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    agency = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("agency"), related_name="people", null=True
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="ru")
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    visited_at = models.DateTimeField(_("last visit began"), null=True, blank=True)
    before_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("takes over the work"),
        related_name="+", null=True, blank=True,
    )  # fmt: skip

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["full_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name that histories freeze."""
        return self.full_name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in force now."""
        grants = self.grants.all()
        return frozenset(
            grant.role for grant in grants if grant.state in {GrantState.ACTIVE, GrantState.ENDING}
        )

    @property
    def body_names(self) -> dict[str, str]:
        """The body's name in three languages, as histories freeze it."""
        return self.agency.names if self.agency else {}

    @property
    def is_staff(self) -> bool:
        """Whether the Django admin opens: administrators only."""
        return Role.ADMIN in self.roles

    def has_perm(self, _perm: str, _obj: object = None) -> bool:
        """In the admin an administrator may what the model's admin page offers."""
        return self.is_active and self.is_staff

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        """See ``has_perm``."""
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, _app: str) -> bool:
        """See ``has_perm``."""
        return self.is_active and self.is_staff


@pghistory.track(level=pgtrigger.Statement)
class RoleGrant(models.Model):
    """One role of one person, proposed by one and approved by another, with its dates."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    state = models.CharField(
        _("state"), max_length=10, choices=GrantState, default=GrantState.PROPOSED
    )
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("proposed by"), null=True
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True, blank=True
    )
    since = models.DateTimeField(_("in force since"), null=True, blank=True)
    until = models.DateTimeField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(state__in=["proposed", "active", "ending"]),
                name="one_open_grant_per_role",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=models.F("proposed_by")),
                name="grant_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Invitation(models.Model):
    """A person asked into the portal by one and approved by another; the link is kept hashed."""

    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("full name"), max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    roles = ArrayField(models.CharField(max_length=10, choices=Role), verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="ru")
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState, default=InvitationState.PROPOSED
    )
    invited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("invited by"), null=True
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("approved by"), null=True, blank=True
    )
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField(_("invited"), default=timezone.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(invited_by__isnull=True)
                | ~Q(approved_by=models.F("invited_by")),
                name="invitation_by_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name} <{self.email}>"

    def get_absolute_url(self) -> str:
        """The page where the second person decides."""
        return reverse("people:invitation", args=[self.pk])


class ApiToken(AbstractAuthToken):
    """A token of the API: kept as a hash, shown once, with an end."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="auth_token_set", verbose_name=_("person")
    )
    read_only = models.BooleanField(_("read only"), default=False)
    label = models.CharField(_("what it is for"), max_length=200, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.token_key}… {self.user}"
