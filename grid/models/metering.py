"""Suppliers, their meters and batches, the lake's catalogue, and profiles."""

from typing import Any
from zoneinfo import available_timezones

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from grid.choices import BatchState, Channel, Convention, Interval, Pattern, RunState, Shown, Unit
from grid.formats.layout import ROLES
from grid.formats.meaning import SKIPPED
from grid.lake.place import UNKNOWN_REGION
from grid.querysets import (
    BatchQuerySet,
    LakeFileQuerySet,
    MeterQuerySet,
    ProfileQuerySet,
    RejectQuerySet,
    SuppliedQuerySet,
    SupplierQuerySet,
)

DIGEST_SHOWN = 8
MOST_HEADER_ROW = 50
MOST_DIGITS = 12
LONGEST_HEADING = 200


def check_zone(name: str) -> None:
    """Raises ValidationError for a time zone that the database of zones does not have."""
    if name not in available_timezones():
        raise ValidationError(_("There is no such time zone."))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Supplier(models.Model):
    """A company that sends readings, and how its files are meant where they do not say."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    zone = models.CharField(
        _("time zone of files without offset"), max_length=40, blank=True,
        validators=[check_zone],
        help_text=_("For example Asia/Almaty. Empty: every time must carry its offset."),
    )  # fmt: skip
    convention = models.CharField(
        _("a time without offset names"), max_length=5, choices=Convention,
        default=Convention.START,
    )  # fmt: skip
    day_first = models.BooleanField(_("times are written 31.01.2024 13:00"), default=False)
    unit = models.CharField(
        _("unit of the values"), max_length=3, choices=Unit, blank=True,
        help_text=_("Where no heading names it. Empty: every file must name it."),
    )  # fmt: skip
    ratio = models.FloatField(
        _("transformer ratio"), null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_(
            "If files with times without offset hold what the meter shows, not what went through"
            " it. Empty: they hold true values."
        ),
    )  # fmt: skip
    shown = models.CharField(
        _("its values are"), max_length=8, choices=Shown, default=Shown.INTERVAL,
        help_text=_(
            "Of registers the energy is the difference of two successive readings, times the ratio."
        ),
    )  # fmt: skip
    register_digits = models.PositiveSmallIntegerField(
        _("digits of a register before the point"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DIGITS)],
        help_text=_("Empty: a register that runs over leaves a gap."),
    )  # fmt: skip
    header_row = models.PositiveSmallIntegerField(
        _("row of the headings"), default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HEADER_ROW)],
    )  # fmt: skip
    mapping = models.JSONField(
        _("columns of its files"), default=dict, blank=True,
        help_text=_("What each heading of this supplier's files stands for."),
    )  # fmt: skip
    interval = models.PositiveSmallIntegerField(
        _("interval"), choices=Interval, null=True, blank=True,
        help_text=_("Empty: told from the file."),
    )  # fmt: skip
    days_allowed = models.PositiveSmallIntegerField(
        _("days until a day's readings are late"), default=2
    )
    is_active = models.BooleanField(_("sends readings"), default=True)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ratio__isnull=True) | Q(ratio__gt=0), name="a_ratio_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(header_row__range=(1, MOST_HEADER_ROW)), name="headings_stand_near_top"
            ),
            models.CheckConstraint(
                condition=Q(register_digits__isnull=True)
                | Q(register_digits__range=(1, MOST_DIGITS)),
                name="a_register_has_some_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("grid:supplier", args=[self.code])

    def clean(self) -> None:
        super().clean()
        self.check_mapping()

    def check_mapping(self) -> None:
        """Raises ValidationError unless the mapping is role to heading, each heading once."""
        roles = {*ROLES, SKIPPED}
        if not isinstance(self.mapping, dict) or set(self.mapping) - roles:
            raise ValidationError(_("A heading stands for something unknown."))
        seen: set[str] = set()
        for _role, heading in self.headings:
            plain = " ".join(heading.split()).casefold()
            if not plain or len(heading) > LONGEST_HEADING:
                raise ValidationError(_("A heading is empty or longer than 200 characters."))
            if plain in seen:
                raise ValidationError(
                    _("The heading %(heading)s stands twice.") % {"heading": heading}
                )
            seen.add(plain)

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The mapping as pairs of role and heading, those to be passed over each by itself."""
        pairs = []
        for role, told in self.mapping.items():
            pairs += [(role, str(one)) for one in (told if isinstance(told, list) else [told])]
        return pairs


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Meter(models.Model):
    """A metering point as its supplier reports it. The registry declares the same codes."""

    code = models.CharField(_("meter"), max_length=64, unique=True)
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="meters", verbose_name=_("supplier")
    )
    customer_bin = models.CharField(_("customer's BIN or IIN"), max_length=12, blank=True)
    customer_name = models.CharField(_("customer"), max_length=500, blank=True)
    tariff_group = models.CharField(_("tariff group"), max_length=500, blank=True)
    activity = models.CharField(
        _("activity code"), max_length=10, blank=True,
        help_text=_("OKED: what the customer does, as the supplier has it."),
    )  # fmt: skip
    contract_kw = models.FloatField(
        _("contracted power, kW"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    feeder = models.CharField(_("feeder"), max_length=500, blank=True)
    kato = models.CharField(_("KATO"), max_length=9, blank=True, db_index=True)
    lat = models.FloatField(
        _("latitude"), null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    lon = models.FloatField(
        _("longitude"), null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    cell = models.CharField(_("cell"), max_length=15, blank=True, editable=False, db_index=True)
    step_minutes = models.PositiveSmallIntegerField(_("interval, minutes"), default=60)
    first_day = models.DateField(_("first day with readings"), null=True, blank=True)
    last_day = models.DateField(_("last day with readings"), null=True, blank=True)

    objects = MeterQuerySet.as_manager()

    class Meta:
        verbose_name = _("meter")
        verbose_name_plural = _("meters")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["customer_bin"], name="meter_of_customer"),
            models.Index(fields=["tariff_group", "activity"], name="meters_of_a_peer_group"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("grid:meter", args=[self.pk])


class ReadingBatch(models.Model):
    """One file of readings: who sent it, what was in it, what came of it.

    Readings themselves lie in the lake. Counts are true whenever they are read: they are
    written while the file is being worked on.
    """

    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="batches", verbose_name=_("supplier")
    )
    file_name = models.CharField(_("file"), max_length=255)
    file = models.FileField(_("content"), upload_to="readings/%Y/%m/", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    unit = models.CharField(_("unit"), max_length=3, choices=Unit, blank=True)
    profile = models.JSONField(
        _("supplier's profile when the file came"), default=dict, editable=False
    )
    meaning = models.CharField(
        _("digest of profile and unit"), max_length=64, blank=True, editable=False
    )
    partial = models.BooleanField(_("without the refused rows"), default=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState, default=BatchState.RECEIVED
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("uploaded by"), null=True, blank=True,
    )  # fmt: skip
    received_at = models.DateTimeField(_("received"), db_default=Now(), editable=False)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    starts = models.PositiveSmallIntegerField(_("times taken up again"), default=0)
    rows_total = models.PositiveBigIntegerField(_("rows, estimated until read"), default=0)
    rows_read = models.PositiveBigIntegerField(_("rows read"), default=0)
    rows_stored = models.PositiveBigIntegerField(_("readings stored"), default=0)
    rows_rejected = models.PositiveBigIntegerField(_("rows refused"), default=0)
    problems = models.PositiveBigIntegerField(_("problems"), default=0)
    meters = models.PositiveIntegerField(_("meters"), default=0)
    new_meters = models.PositiveIntegerField(_("new meters"), default=0)
    step_minutes = models.PositiveSmallIntegerField(_("interval, minutes"), null=True, blank=True)
    first_start = models.DateTimeField(_("first interval"), null=True, blank=True)
    last_start = models.DateTimeField(_("last interval"), null=True, blank=True)
    coverage = models.FloatField(_("share of intervals present"), null=True, blank=True)
    registers_back = models.PositiveIntegerField(_("registers that went back"), default=0)
    left_out = models.PositiveBigIntegerField(_("other intervals without energy"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)
    errors_file = models.FileField(
        _("error file"), upload_to="readings/errors/", editable=False, blank=True
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of readings")
        verbose_name_plural = _("batches of readings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "sha256", "meaning"],
                condition=Q(state__in=["received", "storing", "stored"]),
                name="same_readings_once",
            ),
            models.CheckConstraint(
                condition=Q(coverage__isnull=True) | Q(coverage__gte=0, coverage__lte=1),
                name="batch_coverage_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.sha256[:DIGEST_SHOWN]})"

    def get_absolute_url(self) -> str:
        return reverse("grid:batch", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.state in {BatchState.STORED, BatchState.REFUSED, BatchState.FAILED}


class ReadingReject(models.Model):
    """One bad value of a batch; the first thousand, the error file has all."""

    batch = models.ForeignKey(ReadingBatch, models.CASCADE, related_name="rejects")
    row = models.PositiveBigIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=200)
    value = models.CharField(_("value"), max_length=200)
    code = models.CharField(_("problem"), max_length=30)
    params = models.JSONField(default=dict)

    objects = RejectQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused value")
        verbose_name_plural = _("refused values")
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"{self.row}/{self.column}: {self.code}"


class LakeFile(models.Model):
    """The catalogue of the lake: only files named here are read.

    ``region`` is two digits of KATO, 00 where none is known. First and last say what the file
    may hold, meters compared byte by byte; empty in rows that were made before they were kept.
    """

    name = models.CharField(max_length=200, unique=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    region = models.CharField(max_length=2, default=UNKNOWN_REGION)
    first_meter = models.CharField(max_length=64, blank=True, db_collation="C")
    last_meter = models.CharField(max_length=64, blank=True, db_collation="C")
    first_start = models.DateTimeField(null=True, blank=True)
    last_start = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveBigIntegerField()
    meters = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(_("size, bytes"))
    created_at = models.DateTimeField(db_default=Now())
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = LakeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of the lake")
        verbose_name_plural = _("files of the lake")
        ordering = ["month", "pk"]
        indexes = [
            models.Index(
                fields=["supplier", "month"], name="live_lake_files",
                condition=Q(replaced_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class FeedDay(models.Model):
    """What arrived of a supplier's grid day, counted over all its batches."""

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="days")
    day = models.DateField()
    readings = models.PositiveBigIntegerField()
    meters = models.PositiveIntegerField()
    expected = models.PositiveBigIntegerField()
    counted_at = models.DateTimeField(db_default=Now())

    objects = SuppliedQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a feed")
        verbose_name_plural = _("days of feeds")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "day"], name="one_row_a_feed_day")
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.day}"

    @property
    def share(self) -> float:
        """Share of the expected readings that came, 0 to 1."""
        return min(self.readings / self.expected, 1.0) if self.expected else 0.0


class ProfileRun(models.Model):
    """Profiles of all meters for the window that ends with a day."""

    until = models.DateField(_("last day of the window"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.DUE)
    done = models.PositiveIntegerField(_("meters done"), default=0)
    total = models.PositiveIntegerField(_("meters in all"), default=0)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    computed_at = models.DateTimeField(_("computed"), null=True, blank=True)

    class Meta:
        verbose_name = _("profile run")
        verbose_name_plural = _("profile runs")
        ordering = ["-until"]

    def __str__(self) -> str:
        return str(self.until)


class MeterProfile(models.Model):
    """How much like mining a meter's load was in the ``days`` days that end with ``until``."""

    meter = models.ForeignKey(Meter, models.CASCADE, related_name="profiles")
    until = models.DateField(_("last day"))
    days = models.PositiveSmallIntegerField(_("days"), default=28)
    score = models.FloatField(_("score"))
    pattern = models.CharField(_("pattern"), max_length=12, choices=Pattern)
    est_kw = models.FloatField(_("estimated mining load, kW"))
    coverage = models.FloatField(_("coverage"))
    mean_kw = models.FloatField(_("mean, kW"), default=0)
    peak_kw = models.FloatField(_("peak, kW"), default=0)
    load_factor = models.FloatField(_("load factor"), default=0)
    reasons = models.JSONField(_("reasons"), default=list)
    computed_at = models.DateTimeField(_("computed"), db_default=Now())

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("load profile")
        verbose_name_plural = _("load profiles")
        ordering = ["-until", "-score"]
        constraints = [
            models.UniqueConstraint(fields=["meter", "until"], name="one_profile_a_day"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="score_is_a_share"
            ),
        ]
        indexes = [models.Index(fields=["until", "-score"], name="profiles_of_day")]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.until}: {self.score:.2f}"

    def words(self) -> Any:
        """The pattern in the reader's language."""
        return self.get_pattern_display()
