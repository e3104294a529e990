"""The model that says who is who, on a page: how near two records are in each field, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log2
from typing import TYPE_CHECKING

from regulars import figures
from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text
from regulars.words import Text, _

if TYPE_CHECKING:
    from regulars.match.weight.model import LearntLevel, Model

#: How near two values are, from `match/comparison/fields.py`.
LEVELS: Mapping[str, Text] = {
    "same": Text(en="same", fr="identique"),
    "swapped with the family name": Text(
        en="swapped with the family name", fr="inversé avec le nom de famille"
    ),
    "nickname or part": Text(en="nickname or part of it", fr="surnom, ou partie du prénom"),
    "misspelt": Text(en="misspelt", fr="mal orthographié"),
    "initial": Text(en="initial", fr="initiale"),
    "in the place of the family name": Text(
        en="in the place of the family name", fr="à la place du nom de famille"
    ),
    "is the family name": Text(en="is the other’s family name", fr="est le nom de famille de l’autre"),
    "alike": Text(en="alike", fr="semblable"),
    "part of a double name": Text(en="part of a double name", fr="partie d’un nom double"),
    "same initial": Text(en="same initial", fr="même initiale"),
    "one slip": Text(en="one slip", fr="une faute de frappe"),
    "two slips": Text(en="two slips", fr="deux fautes de frappe"),
    "a generation apart": Text(en="a generation apart", fr="une génération d’écart"),
    "same year": Text(en="same year", fr="même année"),
    "a year apart": Text(en="a year apart", fr="un an d’écart"),
    "a few years apart": Text(en="a few years apart", fr="quelques années d’écart"),
    "same mailbox": Text(en="same mailbox", fr="même boîte, autre fournisseur"),
    "with an extension": Text(en="with an extension", fr="avec un poste"),
    "same door": Text(en="same door", fr="même porte"),
    "nearly the same door": Text(en="nearly the same door", fr="presque la même porte"),
    "same street and postcode": Text(en="same street and postcode", fr="même rue et code postal"),
    "same door number and postcode": Text(
        en="same door number and postcode", fr="même numéro et code postal"
    ),
    "same street": Text(en="same street", fr="même rue"),
    "same postcode": Text(en="same postcode", fr="même code postal"),
    "same city": Text(en="same city", fr="même ville"),
    "different": Text(en="different", fr="différent"),
}


def print_model(model: Model, review: float) -> None:
    """What it was learnt from, from where on it joins, or a human is asked, and what each field says."""
    out.print(values.about("match", _("who is who")), style="bold", markup=False)
    out.print(_origin(model), markup=False)
    out.print(
        _(
            "Two records are joined from a probability of {threshold} on; from {review} on you are asked.",
            threshold=values.decimal(model.threshold, 3),
            review=values.decimal(review, 3),
        ),
        markup=False,
    )
    columns = (
        text(_("field")),
        text(_("how near")),
        *map(number, (_("one person"), _("strangers"), _("bits"))),
    )
    if not model.learnt:
        print_table(columns, [row for row, _level in _rows(model)])
        return
    taught = [(*row, figures.count(level.pairs) if level.pairs else _("none")) for row, level in _rows(model)]
    print_table((*columns, number(_("pairs"))), taught)
    out.print(
        _(
            "Bits: what it says for one person against strangers; of a value that many have less, of a rare one more."
            " Pairs: of one person, that taught it; where there are none, it is what is believed of any shop."
        ),
        markup=False,
    )


def _origin(model: Model) -> str:
    count = figures.count(model.records)
    if model.learnt:
        return _("Learnt from {count} records.", count=count)
    return _("Of shops in general: {count} records are too few to learn from.", count=count)


def _rows(model: Model) -> Iterator[tuple[tuple[str, ...], LearntLevel]]:
    for field in model.fields:
        for nth, level in enumerate(field.levels):
            row = (
                "" if nth else values.field(field.name),
                str(LEVELS[level.name]),
                _share(level.same),
                _share(level.stranger),
                values.bits(log2(level.same / level.stranger)),
            )
            yield row, level


def _share(chance: float) -> str:
    """A share: in percent, or one in so many."""
    return (
        values.share(chance) if chance >= 0.01 else _("1 in {count}", count=figures.count(round(1 / chance)))
    )
