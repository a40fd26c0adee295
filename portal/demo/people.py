"""The demo's people: a sign-in for each role and body, colleagues, and one common password."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.actions import (
    accept_invitation,
    approve_invitation,
    create_first_admin,
    propose_invitation,
)
from accounts.choices import AIFC, NATIONAL_BANK, AgencyKind, Role
from accounts.models import Agency, User
from journal.actions import record
from portal.demo.moments import Moments
from portal.demo.stories import Story
from portal.demo.world import SUPPLIERS

PASSWORD = "demo-steppe-2026"  # noqa: S105 - printed on purpose, never in a configured database
DOMAIN = "portal.example"
WHY = "Демо: приглашение для знакомства с порталом"
ADMIN, SECOND_ADMIN = "admin", "admin2"
AUDIT = "demo-audit"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast. ``shown`` is who it is, for those whose sign-in is printed."""

    key: str
    full_name: str
    agency: str
    roles: tuple[Role, ...]
    language: str = "ru"
    shown: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@{DOMAIN}"


CAST = (
    Person(ADMIN, "Демобаев Админ", "", (Role.ADMIN,), "ru", "administrator"),
    Person(SECOND_ADMIN, "Демоева Әкім", "", (Role.ADMIN,), "kk"),
    Person("officer", "Айгүл Демобаева", "energy", (Role.OFFICER,), "ru", "officer, Ministry"),
    Person("head", "Серік Демобеков", "energy", (Role.HEAD,), "kk", "head, Ministry"),
    Person("analyst", "Дана Демоханова", "energy", (Role.ANALYST,), "ru", "analyst, Ministry"),
    Person("officer2", "Тимур Демоев", "energy", (Role.OFFICER,), "ru"),
    Person("officer3", "Гүлнар Демоқызы", "energy", (Role.OFFICER,), "kk"),
    Person(
        "atameken.officer", "Ерлан Демоұлы", "atameken", (Role.OFFICER,), "kk", "officer, Atameken"
    ),
    Person("atameken.head", "Марина Демокан", "atameken", (Role.HEAD,), "ru", "head, Atameken"),
    Person("delegate", "Асель Демоева", "atameken", (Role.DELEGATE,), "ru", "delegate, Atameken"),
    Person(
        "association.officer", "Руслан Демоханов", "association", (Role.OFFICER,), "ru",
        "officer, Association",
    ),
    Person(
        "association.head", "Жанна Демобекова", "association", (Role.HEAD,), "kk",
        "head, Association",
    ),
    Person("member", "Бауыржан Демобек", "association", (Role.MEMBER,), "kk", "association member"),
    Person("rival", "Олег Демочук", "association", (Role.MEMBER,), "ru", "another member"),
    Person("member3", "Сәуле Демоғали", "association", (Role.MEMBER,), "kk"),
    Person("member4", "Игорь Демоев", "association", (Role.MEMBER,), "ru"),
    Person("member5", "Нұрлан Демобай", "association", (Role.MEMBER,), "kk"),
    Person("lawyer", "Әсел Демозаң", "energy", (Role.LAWYER,), "kk", "lawyer, Ministry"),
    Person(
        "bank.supervisor", "Алия Демобанк", NATIONAL_BANK, (Role.SUPERVISOR,), "ru",
        "supervisor, National Bank",
    ),
    Person(
        "aifc.supervisor", "Denis Demov", AIFC, (Role.SUPERVISOR,), "en", "supervisor, AIFC"
    ),
    Person("auditor", "Вера Демоаудит", AUDIT, (Role.AUDITOR,), "ru", "auditor"),
    Person(
        SUPPLIERS[0].sender, "Қайрат Демосеть", "demo-res-north", (Role.SUPPLIER,), "ru",
        "data supplier",
    ),
    *(
        Person(plan.sender, f"Диспетчер {plan.name}", plan.code, (Role.SUPPLIER,))
        for plan in SUPPLIERS[1:]
    ),
)  # fmt: skip


def sign_ins() -> list[dict[str, str]]:
    """One line a role: e-mail, password, who it is. Asks no database."""
    return [
        {"email": person.email, "password": PASSWORD, "who": person.shown, "name": person.full_name}
        for person in CAST
        if person.shown
    ]


def people(moments: Moments) -> Story:
    """Two administrators, then everybody by an invitation of one that the other approved."""
    yield moments.ago(380, 9)
    admins = [create_admin(person) for person in CAST if Role.ADMIN in person.roles]
    _bodies(admins[0])
    yield moments.ago(379, 11)
    for person in CAST:
        if person.agency:
            _invite(person, *admins)
    yield moments.ago(378, 12)
    # One hash for all: a slow hash is a safeguard for real passwords, and this one is printed.
    User.objects.update(password=make_password(PASSWORD))


def create_admin(person: Person) -> User:
    """An administrator as the command line makes them."""
    admin = create_first_admin(email=person.email, full_name=person.full_name, password=PASSWORD)
    User.objects.filter(pk=admin.pk).update(language=person.language)
    return admin


def _bodies(actor: User) -> None:
    plans = [(plan.code, AgencyKind.SUPPLIER, plan.name, plan.name) for plan in SUPPLIERS]
    plans.append((AUDIT, AgencyKind.PARTNER, "Демо-аудит", "Демо-аудит"))
    for code, kind, name_ru, name_kk in plans:
        agency = Agency.objects.create(
            code=code, kind=kind, name_ru=name_ru, name_kk=name_kk, name_en=f"{code} (demo)"
        )
        record("accounts.agency.add", agency, actor=actor)


def _invite(person: Person, inviting: User, approving: User) -> None:
    invitation = propose_invitation(
        actor=inviting,
        email=person.email,
        full_name=person.full_name,
        agency=Agency.objects.get(code=person.agency),
        roles=list(person.roles),
        language=person.language,
        reason=WHY,
    )
    link = approve_invitation(invitation=invitation, actor=approving, base_url="")
    accept_invitation(token=link.rstrip("/").rsplit("/", 1)[-1], password=None)


class Cast:
    """The people by key, each loaded once."""

    def __init__(self) -> None:
        self._known: dict[str, User] = {}

    def __getitem__(self, key: str) -> User:
        if key not in self._known:
            people = User.objects.select_related("agency").prefetch_related("grants")
            self._known[key] = people.get(email=f"{key}@{DOMAIN}")
        return self._known[key]
