"""Rules of the whole house, each held by going through everything there is."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, models
from django.db.models import ForeignObject
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from cases.tests.factories import CaseFactory, LeadFactory, TipFactory
from common import clock
from crosschecks.tests.factories import FindingFactory
from grid.tests.factories import MeterFactory, MeterProfileFactory, SupplierFactory
from journal.workflow import WORKFLOWS, Move, Workflow, nobody
from portal.api import router
from portal.schedule import ROWS
from registry.tests.factories import SiteMeterFactory

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "common": 1, "journal": 2, "pages": 3, "accounts": 4, "intake": 5, "changes": 5,
    "law": 6, "registry": 7,
    "grid": 7, "cases": 8, "crosschecks": 9, "council": 10, "outlook": 10, "portal": 11,
}  # fmt: skip
OURS = [app for app in FLOORS if app != "common"]


def our_models() -> list[type[models.Model]]:
    return [m for app in OURS for m in apps.get_app_config(app).get_models()]


def written_models() -> list[type[models.Model]]:
    """Without the tables that history triggers write."""
    return [m for m in our_models() if not hasattr(m, "pgh_tracked_model")]


# ── Floors ──────────────────────────────────────────────────────────────────


def across_floors() -> "list[ForeignObject[Any, Any]]":
    return [
        field
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, ForeignObject)
        and not isinstance(field.related_model, str)
        and field.related_model._meta.app_label in FLOORS
        and field.related_model._meta.app_label != model._meta.app_label
    ]


def test_a_foreign_key_across_floors_has_no_way_back() -> None:
    found = across_floors()
    assert len(found) > 10
    assert [str(f) for f in found if not f.remote_field.hidden] == []


def test_a_foreign_key_points_down() -> None:
    up = [
        str(field)
        for field in across_floors()
        if FLOORS[field.related_model._meta.app_label] >= FLOORS[field.model._meta.app_label]
        # An actor is whoever signs in: journal and pages name the setting, not the app.
        and not (
            field.model._meta.app_label in {"journal", "pages"} and field.related_model is User
        )
    ]
    assert up == []


def python_files(*rooms: str) -> Iterator[Path]:
    for app in OURS:
        for room in rooms:
            yield from (ROOT / app).glob(f"{room}.py")
            yield from (ROOT / app / room).rglob("*.py")


def calls_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def test_actions_never_enqueue() -> None:
    enqueue = {"delay", "delay_on_commit", "apply_async"}
    files = list(python_files("actions", "workflow", "selectors", "models", "querysets"))
    assert len(files) > 30
    assert {str(f.relative_to(ROOT)): enqueue.intersection(calls_of(f)) for f in files} == {
        str(f.relative_to(ROOT)): set() for f in files
    }


def test_screens_and_tasks_never_save() -> None:
    files = list(python_files("views", "tasks", "forms", "lists"))
    kept = ROOT / "pages" / "lists" / "keeping.py"  # the lists' own actions: views and columns
    assert [f for f in files if "save" in set(calls_of(f))] == [kept]


def test_policies_ask_no_database() -> None:
    asked = {"objects", "filter", "exists", "count", "first", "get_queryset"}
    found = {
        str(path): asked.intersection(
            node.attr
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute)
        )
        for path in python_files("policies")
    }
    assert {path for path, names in found.items() if names} == set()


# ── Workflow tables ─────────────────────────────────────────────────────────


def moves() -> list[tuple[Workflow[Any], Move]]:
    return [(table, move) for table in WORKFLOWS.values() for move in table.moves.values()]


@pytest.mark.parametrize(("table", "move"), moves(), ids=[f"{t.name}.{m.verb}" for t, m in moves()])
def test_a_move_has_words_a_policy_and_known_states(table: Workflow[Any], move: Move) -> None:
    field = table.model._meta.get_field(table.field)
    states = {str(value) for value, _label in field.flatchoices}
    assert str(move.label).strip()
    assert str(move.done).strip()
    assert str(move.label) != str(move.done)
    assert callable(move.allowed)
    assert move.sources == ("*",) or set(map(str, move.sources)) <= states
    assert not move.target or str(move.target) in states
    names = {f.name for f in table.model._meta.get_fields()} | {"reason"}
    assert set(move.needs) <= names, "what a move needs is a reason or a field"


def test_every_status_field_of_a_workflow_is_read_only_in_the_admin() -> None:
    loose = [
        table.name
        for table in WORKFLOWS.values()
        if (shown := admin.site._registry.get(table.model))
        and table.field not in shown.readonly_fields
        and table.field in set(shown.fields or [x.name for x in table.model._meta.fields])
        and not _shown_only(shown)
    ]
    assert loose == []


def _shown_only(page: Any) -> bool:
    """Whether the page lets nobody change a row at all."""
    try:
        return not page.has_change_permission(None)
    except AttributeError:
        return False


def test_somebody_hears_of_something() -> None:
    """The columns of the tables are used: not every move is silent."""
    assert sum(move.tells is not nobody for _table, move in moves()) >= 10


# ── Admin, schedule, schema ─────────────────────────────────────────────────


def test_every_model_with_a_page_is_in_the_admin() -> None:
    paged = [m for m in written_models() if hasattr(m, "get_absolute_url")]
    assert len(paged) >= 8
    assert [m.__name__ for m in paged if m not in admin.site._registry] == []


def test_a_model_in_the_admin_can_be_searched_and_has_columns() -> None:
    poor = [
        model.__name__
        for model, page in admin.site._registry.items()
        if model._meta.app_label in FLOORS
        and (not page.search_fields or tuple(page.list_display) == ("__str__",))
    ]
    assert poor == []


def test_the_schedule_names_tasks_that_exist() -> None:
    from_celery = __import__("portal.celery", fromlist=["app"]).app
    from_celery.loader.import_default_modules()
    from_celery.autodiscover_tasks(force=True)
    assert {row.task for row in ROWS} <= set(from_celery.tasks)


def test_the_committed_schema_is_that_of_the_code(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", "--lang", "en", "--file", str(fresh))
    kept = ROOT / "docs" / "openapi.yaml"
    assert yaml.safe_load(kept.read_text()) == yaml.safe_load(fresh.read_text())


# ── Who gets in: every address, as nobody and as someone without a role ─────

# What anyone may read. Everything else sends a stranger to the sign-in or refuses.
PUBLIC = re.compile(
    r"^/(register/|tips/code/|tips/[^/]+/$|accounts/(login|password/reset|2fa/authenticate|signup|inactive"
    r"|reauthenticate|confirm-email|social|3rdparty|logout|oidc)|language/|api/v1/register/|admin/login/|admin/jsi18n/"
    r"|me/invitation|static/)"
)
# A person without any role may read these as well: the own pages, and what belongs to everyone.
ANYONES = re.compile(
    r"^/($|me/|accounts/|search/|journal/inbox/|law/|registry/calculator/"
    r"|api/v1/(schema|docs|acts|statements|fee-rates)/)"
)
FILLED = {
    "number": "X-1", "pk": "1", "id": "1", "object_id": "1", "slug": "none", "verb": "close",
    "receipt": "NOSUCHRECEIPT000", "code": "none", "seq": "1", "what": "comment", "token": "none",
    "registration": "X-1", "bin": "123456789012", "app_label": "cases", "content_type_id": "1",
    "key": "none", "uidb36": "1", "provider_id": "oidc",
}  # fmt: skip


def addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every address with its placeholders filled by something that does not exist."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        part = _plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, before + part)
        elif isinstance(entry, URLPattern):
            yield "/" + (before + part).lstrip("/")


def _plain(pattern: str) -> str:
    text = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: FILLED.get(m[1], "1"), pattern)
    text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda m: FILLED.get(m[1], "1"), text)
    return re.sub(r"[\^$?\\]|\(\.\*\)|\\Z", "", text).replace(".+", "x")


ADDRESSES = sorted({a for a in addresses() if not a.startswith("/static")})


def test_there_are_addresses_to_walk() -> None:
    assert len(ADDRESSES) > 100
    assert {"/leads/", "/cases/", "/checks/", "/registry/", "/grid/", "/api/v1/leads/"} <= set(
        ADDRESSES
    )


@pytest.mark.django_db
def test_a_stranger_reads_nothing_but_what_is_public() -> None:
    client = Client(raise_request_exception=False)
    open_to_all, broken = walk(client)
    assert broken == {}
    assert [a for a in open_to_all if not PUBLIC.match(a)] == []


@pytest.mark.django_db
def test_a_person_without_a_role_reads_nothing_of_the_work(
    stranger: User, signed_in: Callable[[User], Client]
) -> None:
    CaseFactory(), LeadFactory(), SiteMeterFactory(), FindingFactory()
    client = signed_in(stranger)
    client.raise_request_exception = False
    open_to_all, broken = walk(client)
    assert broken == {}
    assert [a for a in open_to_all if not PUBLIC.match(a) and not ANYONES.match(a)] == []


def walk(client: Client) -> tuple[list[str], dict[str, int]]:
    """GET of every address, POST of those that know no GET; what opened and what broke."""
    opened, broken = [], {}
    for address in ADDRESSES:
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        if answer.status_code == 200 and not _empty_list(answer):
            opened.append(address)
        elif answer.status_code >= 500:
            broken[address] = answer.status_code
    return opened, broken


def _empty_list(answer: Any) -> bool:
    """An API list that holds nothing for this person: what one may not see is not there."""
    if not answer.headers.get("Content-Type", "").startswith("application/json"):
        return False
    told = answer.json()
    return isinstance(told, dict) and told.get("results") == []


@pytest.mark.django_db
def test_every_api_view_states_who_may() -> None:
    """Beyond being signed in: its rows begin with visible_to, or a permission of its own."""
    bare = []
    views: list[tuple[str, Any, str]] = router.registry
    for prefix, view, _name in views:
        if prefix == "register":  # anyone's: the public register
            continue
        own = {p.__name__ for p in view.permission_classes} - {"IsAuthenticated", "AllowAny"}
        visible = "visible_to" in "".join(
            Path(__import__(c.__module__, fromlist=["x"]).__file__ or "").read_text()
            for c in view.__mro__
            if c.__module__.split(".")[0] in FLOORS
        )
        if not own and not visible:
            bare.append(view.__name__)
    assert bare == []


# ── What a supplier's people must never learn ───────────────────────────────


@pytest.mark.django_db
def test_a_supplier_never_sees_a_lead_a_score_or_another_supplier(
    supplier_user: User, signed_in: Callable[[User], Client], api: Callable[[User], Any]
) -> None:
    own = MeterFactory(supplier=SupplierFactory(agency=supplier_user.agency), code="OWN-1")
    other = MeterFactory(code="OTHER-1", supplier=SupplierFactory(agency__code="another-company"))
    day = clock.today() - timedelta(days=1)
    MeterProfileFactory(meter=own, until=day, score=0.97)
    lead = LeadFactory(meter=own.code)
    case = CaseFactory(meter=own.code)
    client, calls = signed_in(supplier_user), api(supplier_user)
    for address in (lead.get_absolute_url(), case.get_absolute_url(), other.get_absolute_url()):
        assert client.get(address).status_code == 404, address
    for name in ("leads", "cases", "findings", "evidence", "check-runs", "events"):
        answer = calls.get(f"/api/v1/{name}/")
        assert answer.status_code in (403, 404) or answer.json()["results"] == [], name
    said = " ".join(
        client.get(a).content.decode()
        for a in ("/", "/grid/", own.get_absolute_url(), "/grid/meters/", "/search/?q=OWN-1")
    )
    for word in (lead.number, case.number, "OTHER-1", "0.97", "0,97"):
        assert word not in said, word
    assert calls.get(f"/api/v1/meters/{own.pk}/profiles/").json()["results"] == []


# ── Lists stay cheap ────────────────────────────────────────────────────────

BUDGET = 12
FEW, MANY = 1, 60


def many_leads(n: int) -> None:
    LeadFactory.create_batch(n)


def many_cases(n: int) -> None:
    CaseFactory.create_batch(n)


def many_registrations(n: int) -> None:
    SiteMeterFactory.create_batch(n)


def many_findings(n: int) -> None:
    FindingFactory.create_batch(n)


def many_meters(n: int) -> None:
    day = clock.today() - timedelta(days=1)
    for meter in MeterFactory.create_batch(n, supplier=SupplierFactory()):
        MeterProfileFactory(meter=meter, until=day)


LISTS: list[tuple[str, str, Callable[[int], None]]] = [
    ("officer", "/leads/?view=all", many_leads),
    ("officer", "/cases/?view=all", many_cases),
    ("officer", "/registry/", many_registrations),
    ("officer", "/checks/findings/", many_findings),
    ("officer", "/grid/meters/", many_meters),
    ("auditor", "/journal/", many_cases),
    ("officer", "/register/?q=a", many_registrations),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "address", "fill"), LISTS, ids=[a for _w, a, _f in LISTS])
def test_a_list_asks_as_much_for_sixty_rows_as_for_one(
    who: str,
    address: str,
    fill: Callable[[int], None],
    request: pytest.FixtureRequest,
    signed_in: Callable[[User], Client],
) -> None:
    client = signed_in(request.getfixturevalue(who))
    fill(FEW)
    client.get(address)  # what is loaded once for the process
    one = queries_of(client, address)
    fill(MANY)
    sixty = queries_of(client, address)
    assert len(sixty) <= BUDGET, "\n".join(sixty)
    assert len(sixty) - len(one) <= 1, "\n".join(sixty)


def queries_of(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [
        q["sql"]
        for q in asked.captured_queries
        if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]


@pytest.mark.django_db
def test_a_tip_of_another_member_is_not_found(
    member: User, rival: User, signed_in: Callable[[User], Client]
) -> None:
    tip = TipFactory(reporter=member)
    assert signed_in(member).get(tip.get_absolute_url()).status_code == 200
    assert signed_in(rival).get(tip.get_absolute_url()).status_code == 404
