"""Compiles the loops before somebody waits for them: `python -m registry.matching.warm`."""

from registry.matching.index import Index
from registry.matching.likeness import names_alike
from registry.matching.parties import Party


def warm() -> None:
    """Match one party and compare one pair; what that compiles is kept."""
    index = Index.build([Party("1", ("Қуат",), "", "Тараз, Абая 1")])
    index.best([Party("2", ("Куат",), "", "Тараз, Абая 1")])
    names_alike("Қуат", "Куаты")


if __name__ == "__main__":
    warm()
