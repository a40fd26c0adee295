"""Every move of a batch of readings. The portal makes them; a person may only ask again."""

from django.utils.translation import gettext_lazy as _

from grid import audience
from grid.choices import BatchState
from grid.models import ReadingBatch
from grid.policies import is_the_portal, may_retry
from journal.workflow import Move, Workflow

BATCHES = Workflow(
    "grid.batch",
    ReadingBatch,
    moves=[
        Move(
            "start", (BatchState.RECEIVED,), BatchState.STORING, is_the_portal,
            label=_("Begin to store"), done=_("began to check and store the readings"),
        ),
        Move(
            "finish", (BatchState.STORING,), BatchState.STORED, is_the_portal,
            label=_("Finish"), done=_("stored the readings"), tells=audience.uploader("stored"),
        ),
        Move(
            "refuse", (BatchState.STORING,), BatchState.REFUSED, is_the_portal,
            label=_("Refuse the file"), done=_("refused the file; nothing of it was stored"),
            tells=audience.uploader("refused"),
        ),
        Move(
            "fail", (BatchState.RECEIVED, BatchState.STORING), BatchState.FAILED, is_the_portal,
            label=_("Give up"), done=_("could not store the file; nothing of it was stored"),
            tells=audience.uploader("failed"),
        ),
        Move(
            "retry", (BatchState.FAILED, BatchState.STORING), BatchState.RECEIVED, may_retry,
            label=_("Try again"), done=_("queued the file again"),
        ),
    ],
)  # fmt: skip
