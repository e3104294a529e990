"""The town: a simulator of customers and of the dirty files their shops have, with the truth kept aside.

    people -> what they buy -> what each system knows of them -> errors -> exports/   and beside it truth/

A large town is built so quarter by quarter (`quarters.py`); what it gives out once is in `registry.py`.
A figure on the town is evidence only beside a figure on real data. Error rates stand in one table,
`exports/noise.py`.
"""

from __future__ import annotations

from regulars.town.build import LAST_DAY, Town, build

__all__ = ["LAST_DAY", "Town", "build"]
