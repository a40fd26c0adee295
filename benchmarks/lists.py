"""How fast the registry's list answers at 100,000 registrations, beside Django's own ways.

    python -m benchmarks.lists [--rows 100000] [--rounds 30] [--json]

Ours are whole answers of the list page and of the API: policy, filters, counts of every view,
rows, markup. The peers read the same table in the same run: "admin" is Django's ChangeList with
the same columns, search and page size, its queries only, no page drawn; "offset" is the API's own
view with numbered pages and an exact count. Each way runs once a round, in turn; the machine is
shared, so the ratios count.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.imports import a_database, as_text, empty_tables, invented_rows, objects_of

DEEP = 1900  # the page of the list, 25 rows each
NAME = "Көкжал 77123"
Way = Callable[[], object]
RATIOS = (
    ("list", "admin list"),
    ("search", "admin search"),
    ("deep page", "admin deep page"),
    ("API deep page", "API offset deep page"),
    ("deep page", "list"),
)


def fill(count: int) -> None:
    """Registrations with operators, sites and meters, as an import leaves them."""
    from django.db import connections

    empty_tables()
    copies = [as_text(one) for one in objects_of(list(invented_rows(count)))]
    with connections["owner"].cursor() as cursor:
        for statement, content in copies:
            table = statement.split()[1]
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # history is not measured
            with cursor.copy(statement) as copy:
                copy.write(content)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")


def requests_of() -> Callable[..., Any]:
    """Requests of a signed-in officer."""
    from django.test import RequestFactory

    from accounts.models import Agency
    from accounts.tests.factories import UserFactory

    officer = UserFactory(agency=Agency.objects.get(code="energy"))
    factory = RequestFactory()

    def ask(address: str, **headers: str) -> Any:
        request: Any = factory.get(address, headers=headers)
        request.user = officer
        request.session = {}
        return request

    return ask


def ours(ask: Callable[..., Any]) -> dict[str, Way]:
    """The list page at three addresses, and the API's page at the same depth."""
    from registry.api.views import RegistrationViewSet
    from registry.lists import RegistrationList

    def listed(query: str) -> Way:
        view = RegistrationList.as_view()
        return lambda: view(ask(f"/registry/{query}", hx_target="list")).getvalue()

    api = RegistrationViewSet.as_view({"get": "list"})
    return {
        "list": listed(""),
        "search": listed(f"?q={NAME}"),
        "deep page": listed(f"?{deep_address()}"),
        "API deep page": lambda: api(ask(f"/api/v1/registrations/?{deep_cursor()}")).render(),
    }


def deep_address() -> str:
    """The address that "Next" has led to on page 1,900."""
    from registry.models import Registration

    order = ("operator__name", "-pk")
    last = Registration.objects.order_by(*order).values_list("pk", flat=True)[(DEEP - 1) * 25 - 1]
    return f"page={DEEP}&after={last}"


def deep_cursor() -> str:
    """The API's cursor at the same depth."""
    from base64 import b64encode
    from urllib.parse import urlencode

    from registry.models import Registration

    last = Registration.objects.order_by("pk").values_list("pk", flat=True)[(DEEP - 1) * 25 - 1]
    position = b64encode(urlencode({"p": str(last)}).encode()).decode()
    return urlencode({"cursor": position})


def peers(ask: Callable[..., Any]) -> dict[str, Way]:
    """Django's ChangeList and numbered API pages on the same table."""
    from django.contrib import admin
    from rest_framework.pagination import PageNumberPagination

    from registry.api.views import RegistrationViewSet
    from registry.lists import RegistrationList
    from registry.models import Registration

    class Plain(admin.ModelAdmin[Registration]):
        list_display = ["operator", "number", "status", "valid_to", "sites_count", "declared_kw"]
        list_select_related = ["operator"]
        list_per_page = 25
        ordering = ["operator__name"]
        search_fields = ["number", "operator__name", "operator__bin", "sites__meters__code"]

        def get_queryset(self, request: Any) -> Any:
            """With the sums that the list shows."""
            page = RegistrationList()
            page.request = request
            return page.queryset()

        def sites_count(self, row: Any) -> Any:
            return row.sites_count

        def declared_kw(self, row: Any) -> Any:
            return row.declared_kw

    plain = Plain(Registration, admin.AdminSite())

    class Numbered(PageNumberPagination):
        page_size = 25

    def changes(query: str) -> Way:
        return lambda: list(plain.get_changelist_instance(ask(f"/admin/{query}")).result_list)

    api = RegistrationViewSet.as_view({"get": "list"}, pagination_class=Numbered)
    return {
        "admin list": changes(""),
        "admin search": changes(f"?q={NAME}"),
        "admin deep page": changes(f"?p={DEEP}"),
        "API offset deep page": lambda: api(ask(f"/api/v1/registrations/?page={DEEP}")).render(),
    }


def measure(count: int, rounds: int) -> dict[str, Any]:
    """p50 and p95 of every way in milliseconds, and the ratios of the medians."""
    fill(count)
    ask = requests_of()
    ways = ours(ask) | peers(ask)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            if turn:  # the first round warms the caches
                taken[name].append(1000 * (time.perf_counter() - begun))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    return {
        "rows": count,
        "rounds": rounds,
        "ms": {
            name: {"p50": round(middle[name], 1), "p95": round(late(times), 1)}
            for name, times in taken.items()
        },
        "ratios": {f"{a} / {b}": round(middle[a] / middle[b], 2) for a, b in RATIOS},
    }


def late(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with a_database():
        found = measure(asked.rows, asked.rounds)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    print(f"{found['rows']:,} registrations, {found['rounds']} rounds, milliseconds")
    for name, times in found["ms"].items():
        print(f"  {name:<22} p50 {times['p50']:>8}  p95 {times['p95']:>8}")
    for name, ratio in found["ratios"].items():
        print(f"  {name:<40} {ratio}")


if __name__ == "__main__":
    main()
