"""What is told where something that the hub has stored cannot be read: by the pages, and by the commands."""

from dataclasses import dataclass
from typing import Any

from samspel.kit.registry import Registry


@dataclass(frozen=True)
class Damage:
    """Exceptions that mean damage, and what the operator does about it: words, translated lazily, and a command."""

    key: str
    exceptions: tuple[type[Exception], ...]
    advice: Any
    command: str
    is_told: bool = False  # whether the exceptions say in their own message what to do
    order: int = 100


damages = Registry()  # Damage: the first that fits is told


def damage_of(error):
    """Return the damage that an exception tells of, or None."""
    return next((damage for damage in damages if isinstance(error, damage.exceptions)), None)
