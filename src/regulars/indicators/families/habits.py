"""When and where somebody buys. A favourite is the most frequent, then the most recent to the minute, then the
smallest."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.indicators.indicator import Indicator, Value
from regulars.words import Text


def _kept_to(column: str, value: int | str, *, en: str, fr: str, fr_at: str) -> tuple[Indicator, Indicator]:
    """How much somebody keeps to their favourite of a column: its share of their orders, and how far that is to be
    believed; `value` is one of its values, for the examples.
    """
    once: Mapping[str, Value] = {column: value}
    other: Mapping[str, Value] = {column: 3 if isinstance(value, int) else "another"}
    return (
        Indicator(
            name=f"favourite_{column}_share",
            label=Text(en=f"share of orders with the favourite {en}", fr=f"part des commandes {fr_at}"),
            question=Text(
                en=f"What part of their orders has the favourite {en}?",
                fr=f"Quelle part de leurs commandes se fait {fr_at}?",
            ),
            unit="share",
            over="favourite",
            value=f"orders.{column} share",
            type="DOUBLE",
            examples=(((), None), ((once, once, once, other), 0.75)),
        ),
        Indicator(
            name=f"favourite_{column}_confidence",
            label=Text(en=f"confidence in the favourite {en}", fr=f"confiance dans {fr}"),
            question=Text(
                en=(
                    f"What part of their next orders should have the favourite {en}? Their orders and "
                    f"five of the shop’s."
                ),
                fr=(
                    f"Quelle part des prochaines commandes devrait se faire {fr_at}? Leurs commandes et "
                    f"cinq de la boutique."
                ),
            ),
            unit="share",
            over="confidence",
            value=f"orders.{column}",
            type="DOUBLE",
            examples=(
                ((), None),
                ((once,), 1 / 6),
                ((once, once, {**once, f"shares.share_of_{column}={value}": 0.2}), 0.5),
            ),
        ),
    )


FAMILY = (
    Indicator(
        name="favourite_weekday",
        label=Text(en="favourite weekday", fr="jour préféré"),
        question=Text(en="On which day of the week do they buy?", fr="Quel jour de la semaine achètent-ils?"),
        unit="weekday",
        over="favourite",
        value="orders.weekday",
        examples=(
            ((), None),
            (({"weekday": 5, "age": 30}, {"weekday": 5, "age": 9}, {"weekday": 1, "age": 1}), 5),
            (({"weekday": 5, "age": 30}, {"weekday": 1, "age": 1}), 1),
            (({"weekday": 5, "age": 1}, {"weekday": 1, "age": 1}), 1),
        ),
    ),
    Indicator(
        name="favourite_hour",
        label=Text(en="favourite hour", fr="heure préférée"),
        question=Text(en="At what hour do they buy?", fr="À quelle heure achètent-ils?"),
        unit="hour",
        over="favourite",
        value="orders.hour",
        examples=(
            ((), None),
            (({"hour": 17}, {"hour": 17}, {"hour": 9}), 17),
            (({"hour": 17, "age": 9}, {"hour": 9, "age": 8}), 9),
            (({"hour": 9}, {"hour": 17}), 17),
            (({"hour": None},), None),
        ),
    ),
    Indicator(
        name="favourite_channel",
        label=Text(en="favourite channel", fr="canal préféré"),
        question=Text(
            en="Do they buy in the store, on the web, in the app?",
            fr="Achètent-ils en magasin, sur le web, dans l’appli?",
        ),
        unit="text",
        over="favourite",
        value="orders.channel",
        type="VARCHAR",
        examples=(((), None), (({"channel": "web"}, {"channel": "web"}, {"channel": "store"}), "web")),
    ),
    Indicator(
        name="favourite_store",
        label=Text(en="favourite store", fr="magasin préféré"),
        question=Text(en="In which store do they buy?", fr="Dans quel magasin achètent-ils?"),
        unit="text",
        over="favourite",
        value="orders.store",
        type="VARCHAR",
        examples=(((), None), (({"store": "North", "age": 2}, {"store": "South", "age": 1}), "South")),
    ),
    Indicator(
        name="favourite_payment",
        label=Text(en="favourite way to pay", fr="mode de paiement préféré"),
        question=Text(en="How do they pay?", fr="Comment paient-ils?"),
        unit="text",
        over="favourite",
        value="orders.payment",
        type="VARCHAR",
        examples=(((), None), (({"payment": "card"}, {"payment": "card"}, {"payment": "cash"}), "card")),
    ),
    Indicator(
        name="favourite_weekday_orders",
        label=Text(en="orders on the favourite weekday", fr="commandes le jour préféré"),
        question=Text(
            en="How many orders fall on their favourite weekday?",
            fr="Combien de commandes tombent leur jour préféré?",
        ),
        unit="count",
        over="favourite",
        value="orders.weekday times",
        missing="0",
        examples=(((), 0), (({"weekday": 5}, {"weekday": 5}, {"weekday": 1}), 2)),
    ),
    Indicator(
        name="weekend_share",
        label=Text(en="share of orders at the weekend", fr="part des commandes la fin de semaine"),
        question=Text(en="Do they buy at the weekend?", fr="Achètent-ils la fin de semaine?"),
        unit="share",
        over="orders",
        value="count(*) filter (where weekday >= 5) * 1.0 / count(*)",
        type="DOUBLE",
        examples=(((), None), (({"weekday": 5}, {"weekday": 6}, {"weekday": 0}, {"weekday": 1}), 0.5)),
    ),
    Indicator(
        name="evening_share",
        label=Text(en="share of orders from 18 h on", fr="part des commandes dès 18 h"),
        question=Text(en="Do they buy in the evening?", fr="Achètent-ils le soir?"),
        unit="share",
        over="orders",
        value="case when count(hour) > 0 then count(*) filter (where hour >= 18) * 1.0 / count(hour) end",
        type="DOUBLE",
        examples=(((), None), (({"hour": 18}, {"hour": 9}), 0.5), (({"hour": None},), None)),
    ),
    Indicator(
        name="channels_used",
        label=Text(en="channels bought through", fr="canaux d’achat utilisés"),
        question=Text(en="Through how many channels do they buy?", fr="Par combien de canaux achètent-ils?"),
        unit="count",
        over="orders",
        value="count(distinct channel)",
        missing="0",
        examples=(((), 0), (({"channel": "web"}, {"channel": "store"}, {"channel": "web"}), 2)),
    ),
    *_kept_to("weekday", 5, en="weekday", fr="le jour préféré", fr_at="le jour préféré"),
    *_kept_to("hour", 17, en="hour", fr="l’heure préférée", fr_at="à l’heure préférée"),
    *_kept_to("channel", "web", en="channel", fr="le canal préféré", fr_at="par le canal préféré"),
    *_kept_to("store", "North", en="store", fr="le magasin préféré", fr_at="au magasin préféré"),
    *_kept_to(
        "payment",
        "card",
        en="way to pay",
        fr="le mode de paiement préféré",
        fr_at="au mode de paiement préféré",
    ),
)
