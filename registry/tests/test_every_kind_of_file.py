"""Every kind of file of the registry: its sample comes in, again changes nothing, is undone."""

from datetime import date

import pytest
from django.apps import apps

from accounts.choices import NATIONAL_BANK, AgencyKind, Role
from accounts.tests.factories import AgencyFactory, UserFactory
from common.errors import NotAllowed
from intake import actions
from intake.catalogue import KINDS
from intake.choices import ImportState
from intake.selectors.samples import sample
from registry.models import Equipment, FeeReturn, ListedEntry, PoolReport, Sale, SupplyContract
from registry.tests.factories import OperatorFactory, RegistrationFactory, SiteFactory, VenueFactory

pytestmark = pytest.mark.django_db
OURS = [kind.slug for kind in KINDS if kind.own.model._meta.app_label == "registry"]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ground():
    """What the samples refer to."""
    operator = OperatorFactory(bin="991340001015", name="ТОО «Көкжал Хэшрейт»")
    registration = RegistrationFactory(number="I-0101", operator=operator, active=True)
    SiteFactory(registration=registration, name="Тобылғы-1")
    VenueFactory(code="demo")


def check(slug, content, name="list.csv"):
    return actions.check_file(kind=slug, name=name, content=content, actor=None)


def bring(slug, content):
    batch = check(slug, content)
    assert batch.rejected == 0, list(batch.refused.values("row", "column", "code"))
    return actions.apply_batch(batch=batch, actor=None)


def everything():
    return {
        model.__name__: sorted(model._default_manager.values_list(), key=str)
        for model in apps.get_app_config("registry").get_models()
        if not hasattr(model, "pgh_tracked_model")
    }


def without(content, column):
    lines = [line.split(",") for line in content.decode("utf-8-sig").splitlines()]
    place = lines[0].index(column)
    return "\n".join(",".join(c for i, c in enumerate(row) if i != place) for row in lines).encode()


@pytest.mark.parametrize("slug", OURS)
def test_the_sample_comes_in_and_again_changes_nothing(slug, ground):
    before = everything()
    first = bring(slug, sample(slug))
    assert first.new + first.changed == len(KINDS.get(slug).sample)
    assert everything() != before
    after = everything()
    again = bring(slug, sample(slug))
    assert (again.new, again.changed) == (0, 0)
    assert everything() == after


@pytest.mark.parametrize("slug", OURS)
def test_undoing_leaves_everything_as_it_was(slug, ground):
    before = everything()
    batch = bring(slug, sample(slug))
    undone = actions.undo_batch(batch=batch, actor=None, reason="mistaken list")
    assert undone.state == ImportState.UNDONE
    assert everything() == before


@pytest.mark.parametrize("slug", OURS)
def test_no_header_stands_for_two_columns_and_every_column_speaks_two_languages(slug):
    columns = KINDS.get(slug).all_columns
    spellings = [one for column in columns for one in set(column.spellings())]
    assert len(spellings) == len(set(spellings))
    assert all(column.headers for column in columns)


@pytest.mark.parametrize("slug", OURS)
def test_the_sample_has_a_cell_for_every_column(slug):
    kind = KINDS.get(slug)
    assert {len(row) for row in kind.sample} == {len(kind.read_columns)}


@pytest.mark.parametrize(
    ("slug", "changed", "code"),
    [
        ("fee-returns", ("991340001015", "991340002340"), "operator_unknown"),
        ("exchange-sales", ("demo", "nowhere"), "venue_unknown"),
        ("exchange-sales", ("BTC", "биткоин"), "not_a_ticker"),
        ("equipment", ("Тобылғы-1", "Тобылғы-9"), "site_unknown"),
        ("sites", ("I-0101", "I-9999"), "registration_unknown"),
        ("supply-contracts", ("Тобылғы-1", "Тобылғы-9"), "site_unknown"),
        ("supply-contracts", ("12000", "12 МВт"), "has_unit"),
    ],
)
def test_a_row_about_something_unknown_is_refused_with_its_reason(slug, changed, code, ground):
    content = sample(slug).decode().replace(*changed).encode()
    batch = check(slug, content)
    assert [cell.code for cell in batch.refused.all()] == [code]


def test_a_contract_may_serve_all_sites(ground):
    content = sample("supply-contracts").decode().replace("I-0101,Тобылғы-1", ",").encode()
    bring("supply-contracts", content)
    assert SupplyContract.objects.get().site is None


def test_a_device_that_the_catalogue_knows_is_linked_to_its_model(ground):
    bring("equipment-models", sample("equipment-models"))
    bring("equipment", sample("equipment"))
    lot = Equipment.objects.get()
    assert lot.model is not None
    assert lot.rated_kw == 1200


def test_a_corrected_return_is_a_version_of_its_own(ground):
    bring("fee-returns", sample("fee-returns"))
    second = sample("fee-returns").decode().replace("2026,2,1,", "2026,2,2,").encode()
    bring("fee-returns", second)
    assert sorted(FeeReturn.objects.values_list("version", flat=True)) == [1, 2]


def test_what_the_file_does_not_mention_stays_as_it_is(ground):
    bring("fee-returns", sample("fee-returns"))
    again = check("fee-returns", without(sample("fee-returns"), "paid_kzt"))
    assert (again.same, again.changed) == (1, 0)
    emptied = sample("fee-returns").decode().replace("2400000,2400000", "2400000,").encode()
    assert check("fee-returns", emptied).changed == 1, "an empty cell says something"


def test_a_line_of_a_pool_stands_without_an_operator(ground):
    content = sample("pool-reports").decode().replace("991340001015", "991340002340").encode()
    bring("pool-reports", content)
    assert PoolReport.objects.get().operator is None
    bring("pool-reports", sample("pool-reports"))
    assert PoolReport.objects.filter(operator__bin="991340001015").exists()


def test_an_official_list_once_taken_in_does_not_change(ground):
    bring("official-lists", sample("official-lists"))
    other = sample("official-lists").decode().replace("2028-03-14", "2029-03-14").encode()
    batch = check("official-lists", other)
    cell = batch.refused.get()
    assert (cell.column, cell.code, cell.params) == (
        "valid_to", "list_is_closed", {"before": "2028-03-14"},
    )  # fmt: skip
    assert ListedEntry.objects.get().valid_to == date(2028, 3, 14)


def test_exchange_supervisors_bring_sales_in_and_nothing_else(ground):
    bank = AgencyFactory(code=NATIONAL_BANK, kind=AgencyKind.PARTNER)
    supervisor = UserFactory(role=Role.SUPERVISOR, agency=bank)
    assert (
        actions.check_file(
            kind="exchange-sales", name="s.csv", content=sample("exchange-sales"), actor=supervisor
        ).new
        == 1
    )
    with pytest.raises(NotAllowed):
        actions.check_file(
            kind="registrations", name="s.csv", content=sample("registrations"), actor=supervisor
        )
    assert not Sale.objects.exists()
