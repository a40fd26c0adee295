"""Peer: nomenklatura's index with its default number of candidates, scored by LogicV2."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker.index import Index
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig
from nomenklatura.resolver import Linker
from nomenklatura.store import MemoryStore

from benchmarks.matchers.measuring import Ask, Guess, Row

SCHEMAS = ("Person", "Company", "Organization", "Vessel")
ANY = "LegalEntity"


def build(rows: Iterable[Row], folder: Path) -> Ask:
    """The registry as entities in memory, indexed."""
    dataset = Dataset.make({"name": "registry", "title": "Registry"})
    store: Any = MemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for row in rows:
            writer.add_entity(_entity(dataset, row, row["registration"]))
    view = store.view(dataset)
    index = Index(view, Path(tempfile.mkdtemp(dir=folder)))
    index.build()
    config = ScoringConfig.defaults()

    def ask(tips: Sequence[Row]) -> list[Guess]:
        asked = {f"tip-{tip['id']}": _entity(dataset, tip, f"tip-{tip['id']}") for tip in tips}
        found = dict.fromkeys(asked, (0.0, ""))
        for key, candidates in index.match_entities(asked.values()):
            for other, _points in candidates:
                entity = view.get_entity(str(other))
                score = LogicV2.compare(asked[str(key)], entity, config).score
                found[str(key)] = max(found[str(key)], (score, str(other)))
        return [(key[4:], other, score, "") for key, (score, other) in found.items()]

    return ask


def _entity(dataset: Any, row: Row, key: str) -> Any:
    told = {"name": row["name"], "registrationNumber": row["bin"], "address": row["address"]}
    return _made(dataset, key, ANY, {k: [v] for k, v in told.items() if v})


def _made(dataset: Any, key: str, schema: str, properties: dict[str, list[str]]) -> Any:
    described = {"id": key, "schema": schema, "properties": properties}
    return StatementEntity.from_data(dataset, described, cleaned=False)


def score_pairs(rows: Iterable[Row]) -> list[float]:
    """LogicV2's score of each pair of names."""
    dataset = Dataset.make({"name": "pairs", "title": "Pairs"})
    config = ScoringConfig.defaults()
    scores = []
    for row in rows:
        schema = row["schema"] if row["schema"] in SCHEMAS else ANY
        one, other = (_made(dataset, side, schema, {"name": [row[side]]}) for side in ("a", "b"))
        scores.append(LogicV2.compare(one, other, config).score)
    return scores
