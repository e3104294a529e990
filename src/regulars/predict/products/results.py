"""What is kept of the lists."""

from __future__ import annotations

from pathlib import Path

from regulars.engine.statements import statements

#: The relations that are kept -> the statement that orders their rows.
RESULTS = statements(Path(__file__).with_suffix(".sql"))
