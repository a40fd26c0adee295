import pytest

from common import asic


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("S19JPRO-104T", "Antminer S19j Pro"),
        ("S19j Pro 104Th", "Antminer S19j Pro"),
        ("Bitmain Antminer S19j Pro+ (117TH/s)", "Antminer S19j Pro+"),
        ("蚂蚁矿机 S19", "Antminer S19"),
        ("whatsminer m30s++ 106T", "Whatsminer M30S++"),
        ("Avalon A1346", "Avalon A1346"),
        ("T3+ (67T)", "T3+ (67T)"),
        ("T3+", "T3+ (67T)"),
        ("T21", "Antminer T21"),
        ("S9 SE", "Antminer S9 SE"),
    ],
)
def test_a_customs_line_resolves_to_the_model(text: str, model: str) -> None:
    found = asic.find(text)
    assert found is not None
    assert found.model == model


@pytest.mark.parametrize("text", ["", "Antminer", "холодильник", "S19x Ultra", "104T"])
def test_what_is_no_known_model_is_not_guessed(text: str) -> None:
    assert asic.find(text) is None


def test_every_model_finds_itself() -> None:
    assert [asic.find(row.model) for row in asic.models()] == list(asic.models())


def test_the_saryarka_seizure_is_about_four_megawatts() -> None:
    low, high = asic.expected_kw({"S19j Pro": 1173})
    assert low == pytest.approx(3778.7, abs=0.1)
    assert high == pytest.approx(4138.6, abs=0.1)


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(KeyError, match="KS5"):
        asic.expected_kw({"KS5": 3})


def test_the_table_says_how_sure_it_is() -> None:
    assert len(asic.models()) == 59
    certainties = {row.certainty for row in asic.models()}
    assert {"one source", "confirmed by 2", "confirmed by 3", "partly from memory"} == certainties
    assert all(1000 <= row.power_w <= 12000 for row in asic.models())
