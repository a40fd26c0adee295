"""Returns of the fee for digital mining, as the tax body passes them on."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from intake.catalogue import Kind, Target, declare
from intake.formats.columns import Column
from intake.formats.readers import DAY, decimal, whole
from registry.imports.shared import BIN_COLUMN, OPERATOR, SOURCE, SOURCE_COLUMN, WORDS
from registry.models import FeeReturn
from registry.policies import may_import, may_see_registry

FIRST_YEAR, LAST_YEAR = 2022, 2100  # the bounds of the table's own constraint
FIELDS = ("kwh", "rate_kzt", "due_kzt", "paid_kzt", "filed_on", "paid_on")

FEE_RETURNS = declare(
    Kind(
        slug="fee-returns",
        title=_("fee returns"),
        lead=_("One row is one return for a quarter; a corrected one has the next version."),
        columns=(
            BIN_COLUMN,
            Column(
                "year", ("год", "жыл"), whole("", least=FIRST_YEAR, most=LAST_YEAR), required=True
            ),
            Column("quarter", ("квартал", "тоқсан"), whole("", least=1, most=4), required=True),
            Column("version", ("версия", "нұсқа"), replace(whole("", least=1, most=99), empty=1)),
            Column(
                "kwh", ("энергия, квт·ч", "энергия, квт*ч", "энергия, квт·сағ"),
                decimal("kWh", digits=16, places=3, zero=True), required=True,
            ),
            Column(
                "rate_kzt", ("ставка, тенге", "мөлшерлеме, теңге"),
                decimal("KZT", digits=9, places=4, zero=True), required=True,
            ),
            Column(
                "due_kzt", ("начислено, тенге", "есептелген, теңге"),
                decimal("KZT", digits=16, places=2, zero=True), required=True,
            ),
            Column(
                "paid_kzt", ("уплачено, тенге", "төленген, теңге"),
                decimal("KZT", digits=16, places=2, zero=True),
            ),
            Column("filed_on", ("дата сдачи", "тапсырылған күні"), DAY),
            Column("paid_on", ("дата уплаты", "төленген күні"), DAY),
            SOURCE_COLUMN,
        ),
        targets=(
            OPERATOR,
            Target(
                model=FeeReturn,
                key={
                    "operator": OPERATOR, "year": "year", "quarter": "quarter",
                    "version": "version",
                },
                fields={name: name for name in FIELDS},
                along={"source": SOURCE},
            ),
        ),
        label="operator_bin",
        allowed=may_import,
        sees=may_see_registry,
        words=WORDS,
        sample=(
            (
                "991340001015", "2026", "2", "1", "1200000", "2", "2400000", "2400000",
                "2026-08-14", "2026-08-20", "вымышленный образец",
            ),
        ),
    )
)  # fmt: skip
