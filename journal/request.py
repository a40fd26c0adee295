"""The request in hand: ties together all that one click or one call has done."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
