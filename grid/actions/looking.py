"""A file that was only looked at is kept for its sender, so that it need not be chosen again."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.files.storage import default_storage

from common.clock import now

if TYPE_CHECKING:
    from django.core.files.base import File

FOLDER = "readings/looked"
KEPT = timedelta(days=1)


def keep_looked_at(*, file: "File[bytes]", name: str, actor: Any) -> str:
    """Keep a file until tomorrow, in place of the person's last one; returns its token."""
    path = f"{FOLDER}/{actor.pk}"
    default_storage.delete(path)
    file.seek(0)
    kept = default_storage.save(path, file)
    return signing.dumps({"path": kept, "name": name, "by": actor.pk}, salt=FOLDER)


def looked_at(token: str, actor: Any) -> "File[bytes] | None":
    """The file of a token; None when it is another person's, too old or gone."""
    try:
        told = signing.loads(token, salt=FOLDER, max_age=KEPT)
    except signing.BadSignature:
        return None
    if told["by"] != actor.pk or not default_storage.exists(told["path"]):
        return None
    file = default_storage.open(told["path"], "rb")
    file.name = told["name"]
    return file


def forget_looked_at(token: str = "") -> int:
    """Delete the file of a token, or without one all that are too old; how many there were."""
    if token:
        path = signing.loads(token, salt=FOLDER)["path"]
        default_storage.delete(path)
        return 1
    if not default_storage.exists(FOLDER):
        return 0
    old = [
        path
        for name in default_storage.listdir(FOLDER)[1]
        if default_storage.get_modified_time(path := f"{FOLDER}/{name}") < now() - KEPT
    ]
    for path in old:
        default_storage.delete(path)
    return len(old)
