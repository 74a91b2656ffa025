"""The one folder under which the hub keeps everything: database, lake, index, codes, files."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """The places under SAMSPEL_HOME. Folders are made when something is first written to them."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "samspel.sqlite3"

    @property
    def lake(self) -> Path:
        """The real notices."""
        return self.path / "lake"

    @property
    def sample(self) -> Path:
        """A lake of its own for the invented notices, so that they can never count with real ones."""
        return self.path / "sample"

    @property
    def codes(self) -> Path:
        """Code lists loaded with ``samspel codes load``."""
        return self.path / "codes"

    @property
    def cache(self) -> Path:
        """What can be deleted at any time."""
        return self.path / "cache"

    def secret_key(self) -> str:
        """Return the development secret, made and kept the first time."""
        file = self.path / "secret_key"
        if not file.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            file.write_text(secrets.token_urlsafe(50))
            file.chmod(0o600)
        return file.read_text()
