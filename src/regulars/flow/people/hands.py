"""What a shop's people did by hand: what must not be lost when a demo is made anew."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from regulars.flow import Ground
from regulars.store.ledgers import BY_ITSELF
from regulars.store.tables import audit, imports


def only_of(ground: Ground, folder: Path) -> bool:
    """Whether every import is of a file in this folder, and nobody has settled anything by hand."""
    with ground.store.read() as connection:
        files = list(connection.execute(select(imports.c.file)).scalars())
        settled = connection.execute(select(audit.c.at_us).where(audit.c.who != BY_ITSELF).limit(1)).first()
    return settled is None and all(Path(file).resolve().is_relative_to(folder.resolve()) for file in files)
