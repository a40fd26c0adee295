"""Keeps what a person chose of a list: columns, and views under a name, own or shared."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from common.errors import NotAllowed, Refused
from journal.actions import record
from pages.lists.columns import Column
from pages.models import KeptList

MOST_VIEWS = 12  # of one person and list: more tabs than that nobody reads
STATE = {"page", "saved", "export"}  # of the moment, never kept


def kept_for(page: str, user: Any) -> list[KeptList]:
    """Everything kept of a list that the person sees, in one query."""
    if not user.is_authenticated:
        return []
    rows = KeptList.objects.visible_to(user).filter(page=page).select_related("owner")
    return list(rows)


def chosen(columns: Sequence[Column], keys: Sequence[str]) -> list[Column]:
    """The columns of these keys, in that order; those shown by default when none is known."""
    known = {column.key: column for column in columns}
    picked = [known[key] for key in keys if key in known]
    return picked or [column for column in columns if column.shown]


def keys_of(given: Mapping[str, Any], columns: Sequence[Column]) -> list[str]:
    """The keys ticked in the columns' form, by the places written beside them."""
    ticked = [column.key for column in columns if given.get(f"show-{column.key}")]
    if not ticked:
        raise Refused(_("Tick at least one column."))
    return sorted(ticked, key=lambda key: _place(given.get(f"place-{key}", "")))


def _place(text: str) -> int:
    return int(text) if text.isdigit() else 999


@transaction.atomic
def keep_columns(*, page: str, keys: Sequence[str], actor: Any) -> None:
    """The person's columns of a list; none means as delivered."""
    own = KeptList.objects.filter(owner=actor, page=page, name="")
    if not keys:
        own.delete()
    elif not own.update(columns=list(keys)):
        KeptList.objects.create(owner=actor, page=page, columns=list(keys))


@transaction.atomic
def save_view(
    *, page: str, name: str, query: str, keys: Sequence[str], shared: bool, actor: Any
) -> KeptList:
    """The list's present state under a name; the same name again replaces one's own view.

    Raises Refused without a name or with too many views. Sharing is written into the journal.
    """
    if not name.strip():
        raise Refused(_("Give the view a name."), field="name")
    own = KeptList.objects.filter(owner=actor, page=page).exclude(name="")
    if own.exclude(name=name.strip()).count() >= MOST_VIEWS:
        raise Refused(_("At most %(n)d views of a list. Forget one first.") % {"n": MOST_VIEWS})
    state = QueryDict(query, mutable=True)
    for key in STATE:
        state.pop(key, None)
    view, _made = KeptList.objects.update_or_create(
        owner=actor,
        page=page,
        name=name.strip()[:60],
        defaults={"query": state.urlencode(), "columns": list(keys), "shared": shared},
    )
    if shared:
        facts = {"list": page, "name": view.name, "query": view.query}
        record("pages.view.share", view, actor=actor, facts=facts)
    return view


@transaction.atomic
def forget_view(*, view: KeptList, actor: Any) -> None:
    """Deletes an own view; others' are theirs."""
    if view.owner_id != actor.pk:
        raise NotAllowed(_("Only its owner forgets a view."))
    view.delete()
