"""The stage and the cast of every test: a real database under two roles, and the people."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_django.fixtures
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.testcases import TransactionTestCase
from django.utils import translation
from hypothesis import settings as examples
from rest_framework.test import APIClient

from accounts.choices import Role
from accounts.models import User
from accounts.tests.factories import AgencyFactory, UserFactory
from portal.local import servers
from portal.local.places import DATABASE
from portal.tests.prepared import copy_into

examples.register_profile("untimed", deadline=None)  # a loop may be compiled by the first one
examples.load_profile("untimed")

_databases_of = pytest_django.fixtures._get_databases_for_setup


def _databases_with_owner(items: Any) -> tuple[set[str], set[str]]:
    """The owner's too: pytest-django makes only what tests name, and theirs is its mirror."""
    aliases, serialized = _databases_of(items)
    return aliases | {"owner"}, serialized


pytest_django.fixtures._get_databases_for_setup = _databases_with_owner


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Starts the embedded servers for the length of the run, unless others are configured."""
    with ExitStack() as stack:
        if settings.LOCAL:
            copy_into(Path(settings.VAR_DIR))
            stack.enter_context(servers(Path(settings.VAR_DIR)))
            connections["owner"].settings_dict["TEST"]["TEMPLATE"] = DATABASE
        yield
        for connection in connections.all(initialized_only=True):
            connection.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The test database is dropped only when the application role has let go of it."""
    yield
    connections["default"].close()


@pytest.fixture(autouse=True)
def _clean_stage(request: pytest.FixtureRequest) -> Iterator[None]:
    """English words and an empty cache at the start of every test."""
    with translation.override("en"):
        yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()


# Rows that migrations have put there and that every test may count on.
SEEDED = {
    *("django_migrations", "django_content_type", "accounts_agency"),
    *("law_term", "law_calendaryear", "law_movedday", "law_body", "law_competence", "law_act"),
    *("law_norm", "law_position", "law_regime", "law_feerate", "law_salequota", "law_monthlyindex"),
    *("registry_equipmentmodel", "registry_pilotstage", "council_votingrule"),
    *("outlook_series", "outlook_balancefigure", "outlook_break", "outlook_forecast"),
    *("grid_retentionterm", "grid_householdtariff"),
    *("outlook_hashratemonth", "outlook_feereceipt"),
}


def _empty_tables(self: TransactionTestCase) -> None:
    """Truncates as the owner: the application may not, and the journal refuses everyone."""
    tables = connections["default"].introspection.table_names()
    names = ", ".join(f'"{name}"' for name in tables if name not in SEEDED)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")
    connections["owner"].close()


setattr(TransactionTestCase, "_fixture_teardown", _empty_tables)  # noqa: B010 - private there


@pytest.fixture
def energy(db: None) -> Any:
    return AgencyFactory(energy=True)


@pytest.fixture
def officer(db: None) -> User:
    """An officer of the Ministry."""
    return UserFactory(role=Role.OFFICER, agency=AgencyFactory(energy=True))


@pytest.fixture
def head(db: None) -> User:
    """The officer's head at the Ministry."""
    return UserFactory(role=Role.HEAD, agency=AgencyFactory(energy=True))


@pytest.fixture
def analyst(db: None) -> User:
    """An analyst of the Ministry."""
    return UserFactory(role=Role.ANALYST, agency=AgencyFactory(energy=True))


@pytest.fixture
def atameken_officer(db: None) -> User:
    return UserFactory(role=Role.OFFICER, agency=AgencyFactory(atameken=True))


@pytest.fixture
def association_officer(db: None) -> User:
    return UserFactory(role=Role.OFFICER, agency=AgencyFactory(association=True))


@pytest.fixture
def member(db: None) -> User:
    """A member of the Association, who files tips."""
    return UserFactory(role=Role.MEMBER, agency=AgencyFactory(association=True))


@pytest.fixture
def rival(db: None) -> User:
    """Another member, who must see nothing of the first one's tips."""
    return UserFactory(role=Role.MEMBER, agency=AgencyFactory(association=True))


@pytest.fixture
def auditor(db: None) -> User:
    return UserFactory(role=Role.AUDITOR, agency=None)


@pytest.fixture
def supplier_user(db: None) -> User:
    """Someone who uploads readings for a grid company."""
    return UserFactory(role=Role.SUPPLIER, agency=AgencyFactory(supplier=True))


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(role=Role.ADMIN, agency=None)


@pytest.fixture
def admin_user_(administrator: User) -> User:
    return administrator


@pytest.fixture
def stranger(db: None) -> User:
    """A person with an account and no role."""
    return UserFactory(role=None, agency=None)


@pytest.fixture
def signed_in(db: None) -> Callable[[User], Client]:
    """A browser session of the given person."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def api(db: None) -> Callable[[User], APIClient]:
    """An API client that acts for the given person."""

    def act_for(user: User) -> APIClient:
        client = APIClient()
        client.force_authenticate(user)
        return client

    return act_for
