"""Count: how many people a rule holds at the last build."""

from __future__ import annotations

from regulars.engine import Session
from regulars.errors import Refused
from regulars.flow import Ground
from regulars.flow.chain.fresh import laid_over
from regulars.flow.chain.plan import profiles_file
from regulars.flow.chain.told import catalogue, lay_told, told
from regulars.segment import count
from regulars.segment.count import Count
from regulars.segment.language.rules import Rule, compile_rule
from regulars.words import _


def count_rule(ground: Ground, text: str) -> tuple[Rule, Count]:
    """Read a rule and count it over the newest profiles, those touched since the last build counted anew."""
    profiles_file(ground)
    with ground.store.read() as connection:
        found = ground.lake.result(connection, "profiles")
        happened = ground.lake.result(connection, "happened")
    as_of = found[1] if found else 0
    named = told(ground) if "." in text else {}
    rule = compile_rule(text, catalogue(named), as_of=as_of, currency=ground.settings.shop.currency)
    asked = {name: named[name] for name in rule.names if name in named}
    if rule.events and happened is None:
        raise _not_counted(rule.events[0])
    with ground.engine.session() as session:
        laid_over(session, ground, ("profiles",), prefix="own_" if asked else "")
        if rule.events:
            laid_over(session, ground, ("happened",))
        if asked:
            lay_told(session, ground, asked)
        _check_columns(session, rule)
        return rule, count.count(session, rule)


def _check_columns(session: Session, rule: Rule) -> None:
    """Profiles that an older version built lack the columns that a newer one knows."""
    columns = session.rows("select * from profiles limit 0").column_names
    missing = [name for name in rule.names if name not in columns]
    if missing:
        raise _not_counted(missing[0])


def _not_counted(name: str) -> Refused:
    return Refused(_("'{name}' has not been counted yet", name=name), _("run `regulars build` first"))
