"""The sentences that people see, one file per group; `schemas.messages` looks them up."""

from dataclasses import dataclass

from schemas.words import Responsible


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in Indonesian and English, and who must act.

    It says what happened, who must act and what next. Templates may name `{field}`,
    `{fields}`, `{example}` and the numbers that their code comes with.
    """

    id: str
    en: str
    responsible: Responsible

    def text(self, lang: str) -> str:
        """Return the template in a language; Indonesian where the language is not known."""
        return self.en if lang == "en" else self.id
