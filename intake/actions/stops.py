"""Why applying or undoing a file stopped, as a code with facts; nothing was written then."""

from common.errors import Refused
from intake.wording import stop_words


class Stopped(Refused):
    """``code`` is one of ``wording.STOPS``; ``facts`` fill its sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(stop_words(code, facts))
        self.code, self.facts = code, facts
