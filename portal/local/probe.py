"""Asks a running portal how it does; containers and `make run` wait by it."""

import json
import sys
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen


@dataclass(frozen=True)
class Answer:
    """What /health/ready said."""

    reached: bool
    parts: dict[str, dict[str, Any]]
    said: str

    def good(self, *names: str) -> bool:
        """Whether the named parts work; all of them when none is named."""
        wanted = names or tuple(self.parts)
        return self.reached and all(self.parts.get(name, {}).get("ok") for name in wanted)


def ask(address: str, seconds: float = 5.0) -> Answer:
    """Ask the portal at `address` (http://host:port)."""
    try:
        # S310: the address is this program's own argument, always http.
        with urlopen(f"{address}/health/ready", timeout=seconds) as response:  # noqa: S310
            body = response.read()
    except HTTPError as refused:
        body = refused.read()
    except (OSError, HTTPException) as problem:
        return Answer(reached=False, parts={}, said=str(problem))
    try:
        return Answer(reached=True, parts=json.loads(body)["parts"], said=body.decode())
    except (ValueError, KeyError):
        return Answer(reached=False, parts={}, said="an answer that is not the portal's")


if __name__ == "__main__":
    answer = ask(sys.argv[1])
    sys.stdout.write(answer.said + "\n")
    sys.exit(not answer.good(*sys.argv[2:]))
