"""UUIDv7 that come in order and are the same in every run of a journey."""

from itertools import count
from uuid import UUID


class Ids:
    """Makes ids, each greater than the one before."""

    def __init__(self) -> None:
        self._moments = count(0x019A_9C00_0001)

    def __call__(self) -> UUID:
        moment = f"{next(self._moments):012x}"
        return UUID(f"{moment[:8]}-{moment[8:]}-7000-8000-00000000c0de")

    def text(self) -> str:
        return str(self())
