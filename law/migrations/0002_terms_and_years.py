from datetime import date

from django.db import migrations

APPC = "Administrative Procedural and Process-Procedural Code 350-VI of 29 June 2020, article 76, through secondary pages"
OWN = "working rule of the portal until the group sets its own; no act says so"
TERMS = [
    ("case.work", "Work on a case, counted as an application", 15, date(2021, 7, 1), APPC),
    ("lead.triage", "Triage of a new lead", 3, date(2021, 11, 2), OWN),
    ("opinion.answer", "Answer of a body that was asked for an opinion", 10, date(2021, 11, 2), OWN),
    ("handover.accept", "Acceptance of a case handed over", 3, date(2021, 11, 2), OWN),
]
# Fixed and moving holidays come from the `holidays` package; moved days are entered in the admin.
YEARS = range(2021, 2028)
HOLIDAYS = "Python package holidays, country KZ; moved days not included"


def add_rows(apps, schema_editor):
    alias = schema_editor.connection.alias
    term, year = apps.get_model("law", "Term"), apps.get_model("law", "CalendarYear")
    for code, name, days, since, source in TERMS:
        term.objects.using(alias).get_or_create(
            code=code,
            valid_from=since,
            defaults={"name": name, "working_days": days, "source": source, "verified": False},
        )
    for number in YEARS:
        year.objects.using(alias).get_or_create(
            year=number, defaults={"source": HOLIDAYS, "verified": False}
        )


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial")]
    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
