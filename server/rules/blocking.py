"""By which keys a person is found again among many."""

from server.rules.person import Person


def blocking_keys(who: Person) -> tuple[str, ...]:
    """Return the keys under which a person is filed."""
    return (f"{who.birth_date}",)
