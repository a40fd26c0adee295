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
from pages.lists.filters import PAGING, whole
from pages.models import KeptList

MOST_VIEWS = 12  # of one person and list: more tabs than that nobody reads
MOST_SHARED = 8  # views of others with a tab and a count; the rest are in the dialog
LAST = 999  # the place of a column without one
AUDIENCES = {"", "body", "all"}
STATE = {*PAGING, "saved", "export"}  # of the moment, never kept


def kept_for(page: str, user: Any) -> list[KeptList]:
    """Everything kept of a list that the person sees, in one query."""
    if not user.is_authenticated:
        return []
    rows = KeptList.objects.visible_to(user).filter(page=page).select_related("owner")
    return list(rows)


def chosen(columns: Sequence[Column], keys: Sequence[str]) -> list[Column]:
    """The columns of these keys, in that order; those shown by default when none is known."""
    known = {key: column for column in columns for key in (*column.was, column.key)}
    picked = dict.fromkeys(known[key] for key in keys if key in known)
    return list(picked) or [column for column in columns if column.shown]


def keys_of(given: Mapping[str, Any], columns: Sequence[Column]) -> list[str]:
    """The keys ticked in the columns' form, by the places written beside them."""
    ticked = [column.key for column in columns if given.get(f"show-{column.key}")]
    if not ticked:
        raise Refused(_("Tick at least one column."))
    return sorted(ticked, key=lambda key: whole(given.get(f"place-{key}", "")) or LAST)


@transaction.atomic
def keep_columns(*, page: str, keys: Sequence[str], actor: Any) -> None:
    """The person's columns of a list; none means as delivered."""
    _choose(page, actor, columns=list(keys))


@transaction.atomic
def open_first(*, page: str, view: KeptList | None, actor: Any) -> None:
    """The view with which the list begins for this person; None is the list as delivered."""
    _choose(page, actor, opens=view)


def _choose(page: str, actor: Any, **choice: Any) -> None:
    KeptList.objects.update_or_create(owner=actor, page=page, name="", defaults=choice)
    untouched = KeptList.objects.filter(owner=actor, page=page, name="", opens=None, columns=[])
    untouched.delete()


@transaction.atomic
def save_view(
    *, page: str, name: str, query: str, keys: Sequence[str], audience: str, actor: Any
) -> KeptList:
    """The list's present state under a name; the same name again replaces one's own view.

    Raises Refused without a name, with too many views, for a state that is too long to keep and
    for a person's number that would be shared. Sharing is written into the journal.
    """
    name = _fitting(name)
    own = KeptList.objects.filter(owner=actor, page=page).exclude(name="")
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise Refused(_("At most %(n)d views of a list. Forget one first.") % {"n": MOST_VIEWS})
    state = _lasting(query)
    shared = _shared(audience, actor, name, state)
    view, _made = KeptList.objects.update_or_create(
        owner=actor,
        page=page,
        name=name,
        defaults={"query": state.urlencode(), "columns": list(keys), **shared},
    )
    _tell(view, actor)
    return view


@transaction.atomic
def change_view(*, view: KeptList, name: str, audience: str, actor: Any) -> bool:
    """Another name for an own view, or others who see it; whether anything changed.

    Raises NotAllowed for another's view, Refused for a name that another own view has.
    """
    if view.owner_id != actor.pk:
        raise NotAllowed(_("Only its owner changes a view."))
    name = _fitting(name)
    if (name, audience) == (view.name, view.audience):
        return False
    own = KeptList.objects.filter(owner=actor, page=view.page, name=name)
    if own.exclude(pk=view.pk).exists():
        raise Refused(_("You have a view “%(name)s” already.") % {"name": name}, field="name")
    view.name = name
    for field, value in _shared(audience, actor, name, QueryDict(view.query)).items():
        setattr(view, field, value)
    view.save()
    _tell(view, actor)
    return True


def _shared(audience: str, actor: Any, name: str, state: QueryDict) -> dict[str, bool]:
    """The fields of an audience. Raises Refused where a person's number would be shown to it."""
    if audience not in AUDIENCES or (audience == "body" and not actor.agency_id):
        raise Refused(_("Choose with whom the view is shared."), field="share")
    if audience and masked(name) + without_numbers(state) != name + state.urlencode():
        told = _("A person's number is not shared. Take it out of the search and the name.")
        raise Refused(told)
    return {"shared": bool(audience), "own_body": audience == "body"}


def _tell(view: KeptList, actor: Any) -> None:
    """What is shared with others is written into the journal."""
    if view.shared:
        facts = {"list": view.page, "name": view.name, "query": view.query, "with": view.audience}
        record("pages.view.share", view, actor=actor, facts=facts)


def _fitting(name: str) -> str:
    """The name as the column holds it: one line, no control characters. Refused when empty."""
    longest = KeptList._meta.get_field("name").max_length
    kept = "".join(sign for sign in name if sign.isprintable()).strip()[:longest].strip()
    if not kept:
        raise Refused(_("Give the view a name."), field="name")
    return kept


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
