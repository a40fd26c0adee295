"""Who may bring a file of which kind in, and who sees it; each kind brings its own two answers."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from accounts.policies import is_admin

Policy = Callable[[Any], bool]
_BRING: dict[str, Policy] = {}
_SEE: dict[str, Policy] = {}


def enter(kind: str, *, bring: Policy, see: Policy) -> None:
    """Note who may bring files of a kind in and who may see them."""
    _BRING[kind], _SEE[kind] = bring, see


def leave(kind: str) -> None:
    """Forget a kind; tests make their own."""
    del _BRING[kind], _SEE[kind]


def may_bring(user: Any, kind: str) -> bool:
    """None is a command run on the server itself."""
    return user is None or (kind in _BRING and _BRING[kind](user))


def may_see_kind(user: Any, kind: str) -> bool:
    """Whoever may bring files of a kind in sees them; others by the kind's own word."""
    return may_bring(user, kind) or (kind in _SEE and _SEE[kind](user))


def kinds_to_bring(user: Any) -> list[str]:
    """The kinds of files that this person may bring in."""
    return [kind for kind in sorted(_BRING) if may_bring(user, kind)]


def may_see_imports(user: Any) -> bool:
    """Whether there is anything to see at all."""
    return any(may_see_kind(user, kind) for kind in _SEE)


def may_handle(user: Any, batch: Any) -> bool:
    """To apply, discard or undo a file takes the right to bring it in."""
    return may_bring(user, batch.kind)


def is_the_portal(user: Any, _batch: Any) -> bool:
    """Moves that only a worker makes."""
    return user is None


def may_take_up_again(user: Any, batch: Any) -> bool:
    """The portal after a stop, or whoever may handle the file."""
    return may_handle(user, batch)


def may_read_rows(user: Any, batch: Any) -> bool:
    """Rows may hold personal data: those who may bring such files in, and administrators."""
    return may_bring(user, batch.kind) or is_admin(user)


def visible_to(user: Any) -> Q:
    """Files of the kinds that this person may see."""
    return Q(kind__in=[kind for kind in _SEE if may_see_kind(user, kind)])


def rows_visible_to(user: Any) -> Q:
    """Rows of the files whose content this person may read: the same as ``may_read_rows``."""
    if is_admin(user):
        return Q()
    return Q(batch__kind__in=[kind for kind in _BRING if may_bring(user, kind)])
