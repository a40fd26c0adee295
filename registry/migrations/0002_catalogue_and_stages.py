"""Ships the known equipment models and the stages of the exchange pilot, each with its source."""

from datetime import date

from django.db import migrations

from common import asic

LAW_193 = "Закон РК 193-VII «О цифровых активах»"
STAGES = [
    (
        date(2023, 4, 1),
        "Цифрлық активтер туралы заң күшіне енді; сатуға қатысты 8-баптың 4-тармағы әлі жоқ",
        "Закон о цифровых активах действует; пункт 4 статьи 8 о продаже ещё нет",
        "The law on digital assets is in force; Art. 8(4) on sales is not yet",
        f"{LAW_193}, 2023-02-06; domain research S15, S47, S48, S49 (confirmed by 5 sources)",
    ),
    (
        date(2024, 1, 1),
        "Майнерлер өндірілген активтердің бір бөлігін АХҚО-ның лицензияланған биржаларында сатады",
        "Майнеры продают часть добытых активов на лицензированных биржах МФЦА",
        "Miners sell a part of what they mined on licensed exchanges of the AIFC",
        f"{LAW_193}, Art. 8(4); start: S49, S69 (confirmed by 2 sources); venue: S16, S48",
    ),
    (
        date(2024, 3, 29),
        "Сатылған активтердің құны күн сайын Қаржы министрлігінің қағидалары бойынша анықталады",
        "Стоимость проданных активов определяется ежедневно по правилам Министерства финансов",
        "What is sold is valued daily by rules of the Ministry of Finance",
        "MoF rules of 2024-03-29; S59, S60 (confirmed by 2 sources)",
    ),
    (
        date(2026, 1, 16),
        "Ұлттық Банк платформаларды лицензиялайды және рұқсат етілген активтер тізімін жариялайды",
        "Национальный Банк лицензирует платформы и публикует список разрешённых активов",
        "The National Bank licenses platforms and publishes the list of permitted assets",
        "Law 259-VIII of 2026-01-16; S64, S65 (confirmed by 2 sources)",
    ),
    (
        date(2026, 2, 20),
        "Пулдар салық органдарына кімге не бөлгенін хабарлайды",
        "Пулы передают налоговым органам, кому и что распределили",
        "Pools report to the tax bodies what they distributed to whom",
        "MoF order of 2026-02-20; S21 (one source)",
    ),
]  # fmt: skip


def ship(apps, schema_editor):
    alias = schema_editor.connection.alias
    model = apps.get_model("registry", "EquipmentModel").objects.using(alias)
    for row in asic.models():
        model.get_or_create(
            key=asic.key(row.model),
            defaults={
                "manufacturer": row.manufacturer, "name": row.model, "year": row.year,
                "hashrate_ths": row.hashrate, "power_w": row.power_w, "cooling": row.cooling,
                "source": "; ".join(filter(None, [
                    f"sources {' '.join(row.sources)}", row.certainty, row.note,
                    "tolerance: S206 (one source)",
                ])),
            },
        )  # fmt: skip
    stage = apps.get_model("registry", "PilotStage").objects.using(alias)
    for day, kk, ru, en, source in STAGES:
        stage.get_or_create(
            valid_from=day, name_ru=ru, defaults={"name_kk": kk, "name_en": en, "source": source}
        )


class Migration(migrations.Migration):
    replaces = [
        ("registry", "0001_operators_registrations_sites"),
        ("registry", "0002_site_place_is_whole"),
        ("registry", "0003_words"),
        ("registry", "0004_white_side"),
        ("registry", "0005_catalogue_and_stages"),
        ("registry", "0006_imports_move_out"),
        ("registry", "0007_what_an_import_wrote"),
        ("registry", "0008_lookup"),
        ("registry", "0009_search_forms"),
        ("registry", "0010_quicker_meter_guard"),
        ("registry", "0011_judgements"),
        ("registry", "0012_protection_decisions"),
        ("registry", "0013_quick_lists"),
        ("registry", "0014_whose_act"),
    ]
    dependencies = [("registry", "0001_tables")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
