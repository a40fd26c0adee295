"""One importer for each kind of file; the mechanism around them is the same for all."""

from datetime import date
from typing import Any, Protocol

from common.tables import read_table
from registry.actions.planning import compare, known_for
from registry.actions.writing import write_registrations
from registry.choices import ImportKind
from registry.imports.columns import REGISTRATION_COLUMNS
from registry.imports.consistency import consistent
from registry.imports.drafts import read_drafts
from registry.imports.plans import Plan
from registry.models import ImportBatch


class Importer(Protocol):
    """What a kind of file brings: how it is planned and how a plan is written."""

    def plan(self, name: str, content: bytes, day: date, act: str) -> Plan:
        """Read and compare; raises BadFile."""

    def write(self, plan: Plan, batch: ImportBatch, actor: Any) -> None:
        """Write the plan's steps inside the caller's transaction."""


class RegistrationImporter:
    """Registrations with their operators, sites and declared meters."""

    def plan(self, name: str, content: bytes, day: date, act: str) -> Plan:
        table = read_table(name, content, REGISTRATION_COLUMNS)
        drafts = consistent(read_drafts(table), table.problems)
        known = known_for(drafts, day)
        steps = compare(drafts, known, table.problems, act)
        return Plan(steps, table.problems.sorted(), table.notices, len(table.rows))

    def write(self, plan: Plan, batch: ImportBatch, actor: Any) -> None:
        write_registrations(plan.steps, batch, actor)


IMPORTERS: dict[str, Importer] = {ImportKind.REGISTRATIONS: RegistrationImporter()}
