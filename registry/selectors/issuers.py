"""Which body kept the registrations on a day, by the law's dated competences."""

from datetime import date

from law.choices import Matter
from law.models import Body
from law.selectors import competent_bodies
from registry.choices import KEEPERS


def issuer_on(day: date) -> Body | None:
    """The body whose lists and licences counted on the day; None before there was any."""
    able = [body for body in competent_bodies(Matter.MINING, day) if body.code in KEEPERS]
    return able[-1] if able else None
