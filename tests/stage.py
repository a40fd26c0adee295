"""Sets the stage of the end-to-end tests in a running portal's own database.

Run as `python -m tests.stage people SECONDS`, with VAR_DIR set.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
django.setup()

from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402 - Django is set up first
from django.contrib.auth.hashers import make_password  # noqa: E402 - Django is set up first
from django_celery_beat.models import IntervalSchedule, PeriodicTask  # noqa: E402 - Django is set up first

from accounts.choices import AgencyKind, Role  # noqa: E402 - Django is set up first
from accounts.models import Agency, User  # noqa: E402 - Django is set up first
from accounts.tests.factories import UserFactory  # noqa: E402 - Django is set up first
from grid.models import Supplier  # noqa: E402 - Django is set up first
from tests.cast import CAST, PASSWORD, SECRET, SUPPLIER, TWO_FACTORS  # noqa: E402 - Django is set up first


def people() -> None:
    """The cast, each with a password and, where the role demands it, a second factor."""
    grid_company = Agency.objects.create(
        code=SUPPLIER, kind=AgencyKind.SUPPLIER, name_en="North grid company",
        name_ru="Северная сетевая компания", name_kk="Солтүстік желі компаниясы",
    )  # fmt: skip
    Supplier.objects.create(agency=grid_company, code=SUPPLIER, name="Северная сетевая компания")
    hashed = make_password(PASSWORD)
    for who in CAST.values():
        agency = Agency.objects.filter(code=who.agency).first()
        person: User = UserFactory(
            email=who.email, full_name=who.name, agency=agency, role=Role(who.role),
            password=hashed, language="en",
        )  # fmt: skip
        if who.role in TWO_FACTORS:
            TOTP.activate(person, SECRET)


def schedule(seconds: int) -> None:
    """Every task that runs by the minute runs each few seconds, as if edited in the admin."""
    every, _made = IntervalSchedule.objects.get_or_create(every=seconds, period="seconds")
    for task in PeriodicTask.objects.filter(interval__isnull=False):
        task.interval = every
        task.save()


if __name__ == "__main__":
    people()
    schedule(int(sys.argv[1]))
