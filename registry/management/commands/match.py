"""Matches parties against the registry or a file: `match IN.csv OUT.csv [--against FILE]`."""

import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from common.errors import BadFile, RowProblem
from intake.wording import problem_words
from registry.matching import POSSIBLE, SAME, Index, Match, Party
from registry.matching.compiled import SOURCES_DIGEST
from registry.matching.files import MATCHES, PAIRS, REGISTER, TIPS, Output, Rows, digest, parties
from registry.matching.likeness import names_alike
from registry.selectors.judgements import Judged
from registry.selectors.registered import registered_parties
from registry.selectors.verdicts import Verdicts, judged_matches, verdicts
from registry.wording import match_phrases, match_words

DONE_WITH_REJECTS, COULD_NOT_RUN = 1, 2
NOBODY_JUDGED = Verdicts(Judged())  # a file's parties are nobody's yet, and no database is there
SHOWN = 20  # problems told on a terminal
DECIMALS = 4


class Command(BaseCommand):
    """Exit status: 0 done, 1 done with refused rows, 2 could not run.

    What was written is kept every few thousand rows: the same call after a kill goes on there.
    """

    help = (
        "Finds for each party of a file the registry's entry that it is; or scores pairs of names."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("input", type=Path, metavar="IN.csv")
        parser.add_argument("output", type=Path, metavar="OUT.csv")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--against", type=Path, metavar="REGISTRY.csv", help="a file as register")
        how.add_argument("--pairs", action="store_true", help="score pairs of names: a,b,schema")
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, **options: Any) -> None:
        """Match, write, report."""
        begun = time.monotonic()
        run = _pairs if options["pairs"] else _matches
        try:
            report, problems = run(options["input"], options["output"], options["against"])
        except BadFile as bad:
            raise CommandError(_told(bad.problems[0]), returncode=COULD_NOT_RUN) from bad
        except OSError as error:
            line = f"{error.filename}: {error.strerror}"
            raise CommandError(line, returncode=COULD_NOT_RUN) from error
        report["seconds"] = round(time.monotonic() - begun, 2)
        self._tell(report, problems, as_object=options["json"])
        if report["rejected"]:
            sys.exit(DONE_WITH_REJECTS)

    def _tell(self, report: dict[str, Any], problems: list[RowProblem], *, as_object: bool) -> None:
        if as_object:
            told = [
                {"row": p.row, "column": p.column, "value": p.value, "message": problem_words(p)}
                for p in problems
            ]
            self.stdout.write(json.dumps({**report, "problems": told}, ensure_ascii=False))
            return
        self.stdout.write(", ".join(f"{key} {value}" for key, value in report.items()))
        for problem in problems[:SHOWN]:
            self.stderr.write(_told(problem))


Report = tuple[dict[str, Any], list[RowProblem]]


def _matches(source: Path, target: Path, against: Path | None) -> Report:
    tips = Rows(source, TIPS)
    made_from: dict[str, Any] = {"tips": digest(source), "matcher": SOURCES_DIGEST}
    # Entries of the database may change between a kill and the next call: then all begins anew.
    register, entries = _register(against)
    with tqdm(unit="entries", file=sys.stderr, disable=None) as bar:
        index = Index.build(_watched(entries, bar))
    known = NOBODY_JUDGED if against else verdicts()
    made_from["register"] = digest(against) if against else index.fingerprint()
    made_from["judgements"] = known.fingerprint()
    output = Output(target, made_from)
    counts: Counter[str] = Counter()
    resumed_at = output.done
    with tqdm(unit="tips", file=sys.stderr, disable=None, initial=output.done) as bar:
        waiting = parties(tips)
        for _done in islice(waiting, output.done):
            pass
        output.write(
            MATCHES, _lines(index, waiting, known, counts), lambda done: bar.update(done - bar.n)
        )
    report = {
        "rows": output.done, **{key: counts[key] for key in ("same", "possible", "none")},
        "entries": len(index.keys), "resumed_at": resumed_at, "threshold": POSSIBLE,
        "same_from": SAME, "rejected": tips.rejected + (register.rejected if register else 0),
    }  # fmt: skip
    return report, [*tips.problems, *(register.problems if register else [])]


def _register(against: Path | None) -> tuple[Rows | None, Iterable[Party]]:
    if against is None:
        return None, registered_parties()
    rows = Rows(against, REGISTER)
    return rows, parties(rows)


def _watched(entries: Iterable[Party], bar: Any) -> Iterator[Party]:
    for entry in entries:
        bar.update()
        yield entry


def _lines(
    index: Index, waiting: Iterator[Party], known: Verdicts, counts: Counter[str]
) -> Iterator[tuple[str, str, float, str, str]]:
    phrases = match_phrases()
    for party, match in judged_matches(index, waiting, known):
        counts[match.verdict] += 1
        yield party.key, match.key, round(match.score, DECIMALS), *_verdict(match, phrases)


def _verdict(match: Match, phrases: dict[str, str]) -> tuple[str, str]:
    return match.verdict, match_words(match.reasons, phrases)


def _pairs(source: Path, target: Path, _against: Path | None) -> Report:
    rows = Rows(source, PAIRS)
    output = Output(target, {"pairs": digest(source), "matcher": SOURCES_DIGEST})
    resumed_at = output.done
    waiting = iter(rows)
    first = next(waiting, None)
    header = [*rows.header, "score"]
    with tqdm(unit="pairs", file=sys.stderr, disable=None, initial=output.done) as bar:
        kept = islice(_with_first(first, waiting), output.done, None)
        lines = ([*(row.get(c, "") for c in rows.header), _score(row)] for row in kept)
        output.write(header, lines, lambda done: bar.update(done - bar.n))
    return {"rows": output.done, "resumed_at": resumed_at, "rejected": 0}, rows.problems


def _with_first(first: dict[str, str] | None, rest: Iterable[dict[str, str]]) -> Iterator[Any]:
    if first is not None:
        yield first
    yield from rest


def _score(row: dict[str, str]) -> float:
    alike = names_alike(row.get("a", ""), row.get("b", ""), row.get("schema", ""))
    return round(min(max(alike, 0.0), 1.0), DECIMALS)


def _told(problem: RowProblem) -> str:
    place = ", ".join(str(part) for part in (problem.row or "", problem.column) if part)
    value = f" {problem.value!r}" if problem.value else ""
    return f"{place}:{value} {problem_words(problem)}"
