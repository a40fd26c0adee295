"""A run finds, keeps the book and raises leads; twice makes nothing twice."""

from datetime import timedelta

import pytest

from accounts.models import User
from cases.models import Lead
from crosschecks import actions
from crosschecks.choices import FindingState, RunState
from crosschecks.models import CheckRun, Finding, Sighting, Threshold
from crosschecks.tests.conftest import YESTERDAY, Stage, hit
from journal.selectors import history_of, inbox

pytestmark = pytest.mark.django_db


def run_day(day=YESTERDAY, slug="made-up", **more):
    return actions.work_off(run_id=actions.queue_run(slug=slug, day=day).pk, **more)


def counts(run: CheckRun) -> tuple[int, int, int, int]:
    return run.new, run.same, run.gone, run.back


def test_a_hit_becomes_a_finding_and_one_lead(stage: Stage) -> None:
    stage.hits = [hit()]
    run = run_day()
    assert (run.state, run.hits, run.leads, counts(run)) == ("done", 1, 1, (1, 0, 0, 0))
    assert Finding.objects.get().lead_key == Lead.objects.get().key


def test_a_second_run_of_the_day_makes_nothing_twice(stage: Stage) -> None:
    stage.hits = [hit(), hit("meter:B")]
    run_day()
    again = run_day()
    assert counts(again) == (0, 2, 0, 0)
    assert (Finding.objects.count(), Lead.objects.count()) == (2, 2)


def test_the_lead_stands_alone_in_three_languages_with_its_curve(stage: Stage) -> None:
    stage.hits = [hit(facts={"peak_kw": 19120.0, "declared_kw": 18000.0})]
    run_day()
    lead = Lead.objects.get()
    assert set(lead.title) == {"kk", "ru", "en"}
    texts = lead.reasons[0]["text"]
    assert texts["en"] == "Peak 19,120 kW, declared 18,000 kW"
    assert "19\u00a0120" in texts["ru"]
    curve = lead.facts["curve"]
    assert len(curve["kw"]) == 7 * 24
    assert (curve["step_minutes"], curve["declared_kw"]) == (60, 100.0)


def test_what_is_no_longer_seen_is_gone_and_may_come_back(stage: Stage) -> None:
    stage.hits = [hit()]
    run_day(YESTERDAY - timedelta(days=2))
    stage.hits = []
    assert counts(run_day(YESTERDAY - timedelta(days=1))) == (0, 0, 1, 0)
    assert Finding.objects.get().state == FindingState.GONE
    stage.hits = [hit()]
    assert counts(run_day()) == (0, 0, 0, 1)
    assert Finding.objects.get().state == FindingState.BACK
    assert Lead.objects.count() == 1


def test_an_older_day_makes_nothing_gone_and_keeps_the_newest_word(stage: Stage) -> None:
    stage.hits = [hit(severity="high"), hit("meter:B")]
    run_day()
    stage.hits = [hit(severity="low")]
    old = run_day(YESTERDAY - timedelta(days=5))
    assert counts(old) == (0, 1, 0, 0)
    finding = Finding.objects.get(subject="meter:A")
    assert (finding.severity, finding.last_seen) == ("high", YESTERDAY)
    assert finding.first_seen == YESTERDAY - timedelta(days=5)
    assert Finding.objects.live().count() == 2


def test_an_error_of_the_check_closes_the_run_with_its_reason(stage: Stage) -> None:
    stage.hits, stage.error = [hit()], ValueError("no such column")
    run = run_day()
    assert (run.state, run.error) == (RunState.FAILED, "ValueError: no such column")
    assert run.finished_at is not None


def test_ctrl_c_closes_the_run_as_interrupted_and_goes_on_upwards(stage: Stage) -> None:
    def stop(_one: object) -> None:
        raise KeyboardInterrupt

    stage.hits, stage.before_hit = [hit()], stop
    with pytest.raises(KeyboardInterrupt):
        run_day()
    run = CheckRun.objects.get()
    assert (run.state, run.error) == (RunState.INTERRUPTED, "stopped")


def test_the_run_keeps_the_thresholds_and_the_version_it_ran_with(stage: Stage) -> None:
    run = run_day()
    assert run.thresholds == {"tolerance": 1.15}
    assert len(run.version) == 12
    seeded = Threshold.objects.get(check_slug="made-up")
    assert (seeded.value, seeded.verified) == (1.15, False)


def test_counts_and_total_are_true_at_the_end(stage: Stage) -> None:
    stage.hits = [hit(f"meter:{n}") for n in range(30)]
    heard: list[tuple[int, int]] = []
    run = run_day(progress=lambda done, total: heard.append((done, total)))
    assert (run.done, run.total, run.hits) == (30, 30, 30)
    assert heard[-1] == (30, 30)
    assert Sighting.objects.filter(run=run).count() == 30


def test_the_finished_run_is_in_the_journal(stage: Stage) -> None:
    stage.hits = [hit()]
    event = history_of(run_day())[0]
    assert event.verb == "crosschecks.run.finish"
    assert event.facts["new"] == 1


def test_who_asked_for_the_run_is_told_of_its_end(stage: Stage, officer: User) -> None:
    run = actions.queue_run(slug="made-up", day=YESTERDAY, actor=officer)
    actions.work_off(run_id=run.pk)
    stage.error = ValueError("broken")
    again = actions.queue_run(slug="made-up", day=YESTERDAY, actor=officer)
    actions.work_off(run_id=again.pk)
    words = [news.words for news in inbox(officer)]
    assert "ended before its last step" in words[0]
    assert "new findings: 0" in words[1]


def test_the_meters_are_profiled_once_however_many_checks_look(stage: Stage) -> None:
    run_day()
    run_day()
    assert stage.profiled == [YESTERDAY]
