"""Keeps what a person chose of a list: columns, and views under a name, own or shared."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from common.errors import NotAllowed, Refused
from common.identifiers import masked
from journal.actions import record
from pages.lists.columns import Column
from pages.lists.filters import whole
from pages.models import KeptList

MOST_VIEWS = 12  # of one person and list: more tabs than that nobody reads
LAST = 999  # the place of a column without one
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
    return sorted(ticked, key=lambda key: whole(given.get(f"place-{key}", "")) or LAST)


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

    Raises Refused without a name, with too many views, for a state that is too long to keep and
    for a person's number that would be shared. Sharing is written into the journal.
    """
    name = _fitting(name)
    if not name:
        raise Refused(_("Give the view a name."), field="name")
    own = KeptList.objects.filter(owner=actor, page=page).exclude(name="")
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise Refused(_("At most %(n)d views of a list. Forget one first.") % {"n": MOST_VIEWS})
    state = _lasting(query)
    if shared and masked(name) + without_numbers(state) != name + state.urlencode():
        told = _("A person's number is not shared. Take it out of the search and the name.")
        raise Refused(told)
    view, _made = KeptList.objects.update_or_create(
        owner=actor,
        page=page,
        name=name,
        defaults={"query": state.urlencode(), "columns": list(keys), "shared": shared},
    )
    if shared:
        facts = {"list": page, "name": view.name, "query": view.query}
        record("pages.view.share", view, actor=actor, facts=facts)
    return view


def _fitting(name: str) -> str:
    """The name as the column holds it: one line, no control characters."""
    longest = KeptList._meta.get_field("name").max_length
    return "".join(sign for sign in name if sign.isprintable()).strip()[:longest].strip()


def _lasting(query: str) -> QueryDict:
    """What of an address is kept. Raises Refused when that is longer than the column."""
    state = QueryDict(query, mutable=True)
    for key in STATE:
        state.pop(key, None)
    if len(state.urlencode()) > (KeptList._meta.get_field("query").max_length or 0):
        raise Refused(_("So many filters do not fit into a view. Take some away."))
    return state


def without_numbers(query: QueryDict) -> str:
    """An address's state that may be written down: persons' numbers are masked."""
    told = query.copy()
    for key, values in query.lists():
        told.setlist(key, [masked(value) for value in values])
    return told.urlencode()


@transaction.atomic
def forget_view(*, view: KeptList, actor: Any) -> None:
    """Deletes an own view; others' are theirs."""
    if view.owner_id != actor.pk:
        raise NotAllowed(_("Only its owner forgets a view."))
    view.delete()
