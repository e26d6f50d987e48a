"""What a check of the doctor's found."""

from dataclasses import dataclass, field

LISTED = 20


@dataclass(slots=True)
class Finding:
    """What one check compared, and what it found wrong (at most 20 listed, all counted)."""

    check: str
    compared: int = 0
    wrong: int = 0
    listed: list[str] = field(default_factory=list)
    told: str = ""
    """What is worth noting where nothing is wrong."""

    def add(self, text: str) -> None:
        """Note one thing that is wrong."""
        self.wrong += 1
        if len(self.listed) < LISTED:
            self.listed.append(text)
