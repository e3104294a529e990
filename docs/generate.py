"""Writes `docs/reference/` from the catalogues of the product: run it with `make docs`; a test keeps the pages true."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import click
import pyarrow as pa

import regulars
from regulars.app import init_shop
from regulars.cli import regulars as program
from regulars.cli.command import Command
from regulars.flow.export import EXPORTS
from regulars.indicators import FAMILIES, INDICATORS
from regulars.indicators.indicator import Indicator
from regulars.indicators.indicator import Unit as IndicatorUnit
from regulars.model.fields import CONSENT_CHANNELS, IDENTIFIER_PREFIX, KINDS, PEOPLE
from regulars.segment.ladder import ladder
from regulars.segment.language.happenings import EVENTS, PROPERTIES
from regulars.segment.language.operands import FORETOLD, PROFILE, Unit
from regulars.segment.ready import ready_segments
from regulars.settings import Settings, SourceSettings
from regulars.shop import Shop
from regulars.sources.meaning.exports import known_exports
from regulars.treat.catalogue import Offer, treatments
from regulars.words import speak

DOCS = Path(__file__).parent
FIRST_DAY = DOCS.parent / "examples" / "first-day"
WRITTEN = "<!-- Written by docs/generate.py from the catalogues. Do not edit; run `make docs`. -->"

UNITS: Mapping[Unit, str] = {
    "count": "A number of things: orders, pieces, messages.",
    "cents": "Money in minor units of the shop's currency. Pages, exports and rules have currency units.",
    "days": "A duration in days.",
    "day": "A date. Inside, days since 1970; in pages and exports, an ISO date; in rules, `'2026-10-31'`.",
    "hour": "An hour of the day in the shop's time zone, 0 to 23.",
    "weekday": "0 is Monday, 6 is Sunday. In rules also a name, in English or French: `'Saturday'`.",
    "month": "1 to 12. In rules also a name, or `this_month`.",
    "share": "A part of a whole, 0 to 1. In rules also `'20 %'`.",
    "score": "A bare number that is only compared.",
    "text": "A word or a text, written between single quotes in rules.",
    "flag": "Yes or no. In rules: `has_email`, `not has_email`.",
}
WORDS = {
    "source": "A system that data comes from: the till, the web shop, the newsletter tool.",
    "import": "One file that was loaded. It has a number, and it can be undone whole.",
    "reject": "A row that could not be understood. It is kept with its reason, and it can be mended and replayed.",
    "record": "One person as one source knows them, named `SOURCE:SOURCE_KEY`. A record is never changed by a merge.",
    "identifier": "What names a person in several sources: e-mail, phone, card, account, `identifier.<type>`.",
    "person": "Records that are the same human being, with an id that lasts: `P123`.",
    "fact": "Something a row said: an order line, an event, a consent. Facts hang on records.",
    "trait": "What is told of a person from outside: by a partner, a bought list, an answer.",
    "profile": "The one golden card of a person, with the numbers counted from their facts.",
    "indicator": "One number or word per person, with its question, unit and expression.",
    "own and relative": "An own indicator reads one person's facts. A relative one also compares people.",
    "as of": "A shop day, and its evening. Facts of that day are seen, later ones are not.",
    "segment": "A group of people by a rule.",
    "treatment": "What a shop does for a group at a moment: words, offer, channels, limits.",
    "decision": "One line a person and day: what they get tomorrow, or nothing, with the reason in words.",
    "control group": "People who fit a treatment and get nothing, so that its effect can be measured. Also: holdout.",
    "consent": "A fact: channel, purpose, state (granted, denied, withdrawn, unknown), basis, time, proof.",
}
#: What the columns of exports say, where no catalogue says it; `export.column` where one export means something else.
COLUMNS = {
    "person_id": "the person, `P` and a number",
    "household_id": "who lives together; empty: nobody is known to live with them",
    "as_of": "the day whose evening the numbers are of",
    "enough_data": "whether enough is known of the shop and of the person to foretell anything",
    "next_order_day": "when the next order is likely, should it come within 90 days",
    "next_order_low": "the first of the days between which it falls in eight cases of ten",
    "next_order_high": "the last of them; two years ahead means that there is no last one",
    "no_order_30d": "the chance of no order in the 30 days after `as_of`, 0 to 1",
    "no_order_90d": "the chance of no order in the 90 days after it, 0 to 1",
    "expected_orders_90d": "days with an order to expect in those 90 days, on average over many such people",
    "expected_spend_90d": "spend to expect in them, returns taken off at the shop's rate",
    "value_365d": "spend to expect in the 365 days after `as_of`, money a year later being worth 10 % less",
    "question": "what is missing: address, consent, card, email, postcode, birthday",
    "words": "the question in words",
    "words_fr": "the same in French",
    "expected_day": "when their next order is likely",
    "worth": "what they are expected to bring in a year, else what they brought in the last",
    "met_at": "where they are met most: `till`, `online`, `phone` or `anywhere`",
    "about": "whether it is of the `person`, or of the `area` they live in",
    "field": "what its file calls it",
    "number": "its value, where the field is one of numbers",
    "text": "its value, where it is not",
    "value_365d_low": "in one case of ten it is less",
    "value_365d_high": "in one case of ten it is more",
    "touchpoint": "where people meet the shop: `till`, `web_orders`, `app_orders`, `orders` (nobody says where), "
    "`site`, `app`, `in_store`, `email`, `sms`, `push`, `service`, `reviews`, `other`",
    "location": "which of several: a store, a channel; of `orders` their source",
    "sources": "the systems it is heard of from",
    "events": "orders, or what was done there",
    "people": "known people who did it: known by name, address or card",
    "known_share": "of its events, those of known people, 0 to 1",
    "revenue_365d": "what was ordered there in the last 365 days; empty where nothing is ordered",
    "revenue_touched_365d": "what known people ordered anywhere within 30 days of touching it there, in the last 365"
    " days; an order that was touched at several places is told of each, so they are not to be added up",
    "first_day": "the first day of which something is known",
    "last_day": "the last",
    "days": "on how many days something happened",
    "silent_days": "days since then",
    "silent": "whether that is longer than it ever was, and over a week",
    "gap_days": "its longest stretch without anything, where that is odd",
    "gap_until": "when it was heard of again",
    "ordered_at": "when that order was placed, in UTC; empty: none since",
    "touch": "which touch since the order before it, from 1; empty: none is known",
    "touches": "how many there were",
    "touched_at": "when, in UTC",
    "event": "what happened, in Segment's words",
    "campaign": "the campaign it came by",
    "days_before": "days from the touch to the order",
    "source": "which system the row comes from",
    "source_key": "the id of the record in its source",
    "records": "how many records are joined in this person",
    "order_space": "the numbering the order id belongs to",
    "line": "the line of the file",
    "day": "the shop day, an ISO date",
    "sold_at": "when it was bought, in UTC",
    "line_kind": "goods, fee, adjustment, unpaid or evidence (a row that is the whole sale or a payment)",
    "is_return": "whether it is a return, a credit note or a cancelled order",
    "segment": "the name of the ready segment",
    "since": "the evening of the first build that found them in it, an ISO date",
    "until": "the evening of the first build that did not any more; empty: they are in it",
    "rung": "where they stand on the ladder from first visit to regular",
    "next_step": "the name of the next step for them",
    "next_step_en": "that step in a sentence",
    "next_step_fr": "the same in French",
    "treatment": "the name of the treatment that fits; empty: none does",
    "chosen": "whether the treatment was chosen: the message is sent, unless `holdout`",
    "holdout": "whether the person is in the control group, and so gets nothing",
    "list": "`again`: what the customer buys again; `new`: what they never bought",
    "rank": "from 1, the likeliest first",
    "reason": "why, in a sentence",
    "reason_fr": "the same in French",
    "purpose": "what the consent is for",
    "state": "granted, denied, withdrawn or unknown",
    "basis": "express, implied, asserted, or a word of the source",
    "proof": "where the answer was found: file, line, column, word",
    "at": "when the answer was given, in UTC",
    "expires": "when it ends, in UTC; empty: it does not",
    "scope": "of what it is found: the `shop`, a `store` (or a channel), a `persona`, a `store_and_persona`",
    "assortment.store": "the store (or channel) it is told of; empty: all",
    "assortment.persona": "the persona it is told of; empty: all",
    "kind": "`wins` or `passes` (more or fewer of who began with it became regulars), `loses` or `keeps` (more or"
    " fewer of the regulars who had it stayed away), `together`, `missing`",
    "how": "`first_order`; `bought`, `returned`, `complained`; `receipt`; `out_of_stock`, `not_sold`, `viewed`,"
    " `asked`, `searched`",
    "of": "whether it is an `article`, a `category`, or the `words` of a search",
    "sure": "whether it stands out by more than luck; else it leads its kind, and may be luck",
    "key": "the number of the article, the category or the words; empty: the shop as a whole",
    "name": "what it is called",
    "other_key": "`together`: the article bought with it",
    "other_name": "what that is called",
    "had_by": "how many people had it; `loses`, `keeps`: how many times a regular did; `asked`: texts",
    "share": "of how many of them it came true, 0 to 1; `together`: of the receipts with it, those with the other",
    "alike": "the same of others alike; `together`: what it would be by chance",
    "low": "the lower end of the 95 % interval of the share, or of what is added; `together`: of the lift; `missing`:"
    " of how many such people are to be expected in as long a time",
    "high": "the upper end",
    "lift": "`together`: how many times as often as by chance",
    "chance": "the false discovery rate at which it is named",
    "worth_a_year": "`out_of_stock`, `not_sold`: what these people spent on it in its last year",
    "what": "an `indicator`, a `bundle` of indicators that say the same, or a `field` of your files",
    "on_what": "what it adds to: `orders`, `spend` or `clicks` to come, or a `segment`",
    "adds": "by how much the mark falls when it is shuffled; of a `segment`: the share of its people that would be"
    " others, 0 to 1",
    "matters": "whether that is more than chance",
    "shuffled": "the indicators that were shuffled together",
    "persona": "which kind of customer they are: an id that lasts",
    "persona_en": "its name in English",
    "persona_fr": "the same in French",
    "theme": "what is spoken of; empty: the texts as a whole",
    "theme_en": "the theme in English",
    "theme_fr": "the same in French",
    "texts": "how many reviews and tickets of the last two years speak of it",
    "stars": "the mean of their stars, of five",
    "praised": "how many praise",
    "complained": "how many complain",
    "asked": "how many ask for something",
    "complained_share": "of those that praise or complain, the share that complains",
    "complained_low": "the lower end of its 95 % interval",
    "complained_high": "the upper end",
    "sentiment": "pleased, mixed or displeased, by what they wrote in the last 365 days; empty: not known",
    "praises_365d": "how many of these praise",
    "complaints_365d": "how many of these complain",
    "last_complaint_day": "the day of the last one that does, an ISO date",
    "texts_365d": "reviews and tickets they wrote in the last 365 days",
    "tone": "praise, complaint or ask",
    "place": "1 is the sentence that says it best",
    "sentence": "the writer's own words",
    "reject_id": "the number of the reject",
    "import_id": "the import it came with",
    "file": "the file it came from",
    "column": "the column that could not be understood; empty: the whole row",
    "raw": "the row as found, as JSON",
}
ROWS = {
    "identity": "One row a record: which person it belongs to.",
    "people": "One row a person: the golden card.",
    "households": "One row a person who lives with another customer: which household they are in.",
    "orders": "One row an order line, of every source.",
    "indicators": "One row a person: every indicator, as of the last build.",
    "profiles": "One row a person: the golden card and every indicator.",
    "predictions": "One row a person: what may come, and nothing where too little is known.",
    "recommendations": "An article that a customer may buy again, or may like and never bought, and why.",
    "segments": "One row a membership in a ready segment.",
    "memberships": "One row a membership in a ready segment, also those that ended.",
    "to_ask": "A row is a customer and the one thing to ask them; those worth most first.",
    "outside": "A row is one thing that is known of a person from outside.",
    "importance": "A row is what an indicator or a field adds to one thing that is foretold, or to one segment; empty"
    " until `regulars importance` was asked.",
    "assortment": "One row a finding: of an article, a category or a search, of the shop, a store, a persona, or a"
    " persona in a store.",
    "personas": "One row a person who bought: which persona they are.",
    "touchpoints": "A row is a touchpoint: where people meet the shop, up to the evening of the last build.",
    "journeys": "A row is a touch of a person on the way to an order, or an order that no known touch led to.",
    "voice_products": "One row an article and theme that customers wrote of; without an article: the shop.",
    "voice_people": "One row a person who wrote a review or a ticket in the last year.",
    "voice_examples": "One row a sentence that praises, complains or asks.",
    "decisions": "One row a person and planned day.",
    "consents": "One row a consent fact, of every record.",
    "rejects": "One row a rejected row that waits to be mended.",
}


def pages() -> dict[str, str]:
    """Every reference page, by file name."""
    speak("en")
    made: dict[str, Callable[[], str]] = {
        "commands.md": commands,
        "exports.md": exports,
        "fields.md": mapping_fields,
        "indicators.md": indicators,
        "known-exports.md": exports_known,
        "segments.md": segments,
        "settings.md": settings,
        "treatments.md": ready_treatments,
        "words.md": words,
    }
    try:
        return {name: page() for name, page in made.items()}
    finally:
        speak(None)


def commands() -> str:
    """The command line, from its own help."""
    parts = [
        title("Commands", f"The command line of Regulars {regulars.__version__}, in the order data walks."),
        "Every command takes `--shop DIR` (the shop's folder; default: the current one), `--json` (data as JSON) and"
        " `--lang en|fr`. Data is printed on stdout, progress and questions on stderr.\n",
        table(
            ("exit code", "meaning"),
            (
                ("0", "done"),
                ("2", "invalid use or input"),
                ("3", "not found"),
                ("4", "refused"),
                ("75", "try later"),
                ("130", "interrupted; what was finished is saved"),
            ),
        ),
    ]
    for name, command in program.commands.items():
        parts.append(_command(name, command))
    return "\n".join(parts)


def _command(name: str, command: click.Command) -> str:
    own = [one for one in command.params if one.name not in ("shop", "as_json", "lang")]
    own.sort(key=lambda one: isinstance(one, click.Option))
    usage = " ".join(["regulars", name, *(_usage(one) for one in own)])
    example = command.example if isinstance(command, Command) else usage
    rows = [
        (f"`{', '.join(one.opts)}`", (one.help or "") + _default(one))
        for one in own
        if isinstance(one, click.Option)
    ]
    text = f"## regulars {name}\n\n{command.help}\n\n```\n$ {example}\n\nusage: {usage}\n```\n"
    return text + ("\n" + table(("option", "meaning"), rows) if rows else "")


def _usage(one: click.Parameter) -> str:
    if isinstance(one, click.Argument):
        shown = (one.name or "").upper() + ("…" if one.nargs == -1 else "")
        return shown if one.required else f"[{shown}]"
    flag = isinstance(one, click.Option) and one.is_flag
    return f"[{one.opts[0]}]" if flag else f"[{one.opts[0]} {(one.name or '').upper()}]"


def _default(one: click.Option) -> str:
    shown = isinstance(one.default, (str, int)) and not isinstance(one.default, bool)
    return f" (default: `{one.default}`)" if shown else ""


def indicators() -> str:
    """The catalogue of indicators."""
    parts = [
        title(
            "Indicators",
            f"{len(INDICATORS)} numbers and words per person. `regulars indicators NAME` explains one, with"
            " `--expression` how it is computed and its examples. The window is the last so many days, the evening's"
            " own with them; without one it is all that is known. A favourite is the most frequent, of equals the most"
            " recent, of these the smallest. Own indicators are counted from one person's facts; relative ones compare"
            " the person with the shop.",
        )
    ]
    for family, members in FAMILIES.items():
        parts.append(f"## {family}\n")
        parts.append(
            table(("indicator", "unit", "window", "question", "expression"), map(_indicator, members))
        )
    return "\n".join(parts)


def _indicator(one: Indicator) -> tuple[str, str, str, str, str]:
    relative = " (relative)" if one.relative else ""
    values = f" One of: {', '.join(one.values)}." if one.values else ""
    expression = " ".join(one.value.split())
    return (
        f"`{one.name}`",
        one.unit,
        f"{one.window_days} days" if one.window_days else "",
        f"{one.question}{values}{relative}",
        f"over {one.over}: {code(expression)}",
    )


def segments() -> str:
    """The ready segments and what rules may name."""
    ready = [
        (f"`{one.name}`", f"{one.title.en} / {one.title.fr}", code(" ".join(one.rule.split())), str(one.why))
        for one in ready_segments().values()
    ]
    profile = [
        (f"`{one.name}`", one.unit, str(one.label) + (f": {', '.join(one.values)}" if one.values else ""))
        for one in (*PROFILE, *FORETOLD)
    ]
    rungs = [
        (f"`{one.name}`", f"{one.title.en} / {one.title.fr}", code(one.rule))
        for one in ladder().rungs.values()
    ]
    events = [(f"`{name}`", said.en, said.fr) for name, said in EVENTS.items()]
    steps = [(f"`{one.name}`", code(one.rule), str(one.sentence)) for one in ladder().steps.values()]
    return "\n".join([
        title("Segments", "The ready groups, in the order of the ladder from first visit to regular."),
        table(("segment", "title", "rule", "what for"), ready),
        "## What a rule may name\n\nEvery [indicator](indicators.md), what the profile says, and what"
        " [may come](../howto/what-may-come.md):\n",
        table(("name", "unit", "meaning"), profile),
        "## What people did\n\nAs `did('…')`, `times('…')` and `did_then('…', '…')` name it; another event goes by the"
        f" name that its file gives it. It can be asked with {', '.join(f'`{name}`' for name in PROPERTIES)}.\n",
        table(("event", "customers who …", "clients qui …"), events),
        "How rules are written: [howto/segments.md](../howto/segments.md).\n",
        "## The ladder\n\nFrom first visit to regular. A person stands on the last rung whose rule holds.\n",
        table(("rung", "title", "rule"), rungs),
        "The next step of each person is the first whose rule holds.\n",
        table(("next step", "for whom", "what to do"), steps),
    ])  # fmt: skip


def ready_treatments() -> str:
    """The ready treatments."""
    parts = [
        title(
            "Treatments",
            "What a plan can decide, the most urgent first. One file each in `src/regulars/treat/treatments/`.",
        )
    ]
    for one in treatments().values():
        rows = [
            ("goal", str(one.goal)),
            ("moment", str(one.moment)),
            ("audience", code(" ".join(one.audience.split()))),
            ("channels", "the first that may be used of " + ", ".join(one.channels)),
            ("at most", f"once in {one.cap_days} days"),
            ("control group", "the shop's share" if one.holdout is None else f"{one.holdout:.0%}"),
            ("offer", _offer(one.offer)),
            ("subject", f"{one.messages['en'].subject} / {one.messages['fr'].subject}"),
        ]
        parts.append(f"## {one.title.en} (`{one.name}`)\n\n" + table(("", ""), rows))
    return "\n".join(parts)


def _offer(offer: Offer) -> str:
    match offer.kind:
        case "none":
            return "none"
        case "percent":
            said = f"{offer.value} % off"
        case "amount":
            said = f"{offer.value} off"
        case "gift":
            said = str(offer.gift)
    least = f", from {offer.minimum} of purchases" if offer.minimum else ""
    return f"{said}{least}, for {offer.expires_days} days, code {offer.code}"


def mapping_fields() -> str:
    """Kinds of files, and the fields a mapping file may name."""
    parts = [
        title(
            "Kinds and fields",
            "What the columns of a file can mean. A mapping file names a kind and gives columns these fields;"
            " see [howto/load-any-file.md](../howto/load-any-file.md).",
        ),
        f"People also take `{IDENTIFIER_PREFIX}<type>`, for any other number that names a person.\n",
    ]
    for kind in KINDS.values():
        needs = " ".join(f"Needs one of: {', '.join(f'`{name}`' for name in one)}." for one in kind.needs)
        rows = [
            (f"`{one.name}`", one.shape, one.meaning, "yes" if one.personal else "")
            for one in kind.fields.values()
        ]
        parts.append(f"## {kind.name}\n\nA row is {kind.row}. {needs}\n")
        parts.append(table(("field", "looks like", "meaning", "personal"), rows))
    return "\n".join(parts)


def settings() -> str:
    """Every setting with its default."""
    parts = [
        title(
            "Settings", "Every setting of `settings.toml`. Each has a default; an unknown name is an error."
        )
    ]
    for section in fields(Settings):
        made: Any = section.default_factory
        if section.name not in ("sources", "survivorship"):
            parts.append(_section(section.name, made))
    parts.append(_section("sources.NAME", SourceSettings))
    parts.append(
        "## [survivorship]\n\nBy field of a person, or `default`: in which order the best value is chosen, of `trust`"
        ' (the rank of its source), `recency` and `frequency`. Without it: `["trust", "recency"]`.\n'
    )
    return "\n".join(parts)


def _section(name: str, kind: Any) -> str:
    rows = [(f"`{one.name}`", f"`{_toml(one.default)}`", one.metadata["help"]) for one in fields(kind)]
    return f"## [{name}]\n\n" + table(("setting", "default", "meaning"), rows)


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(_toml(one) for one in value)}]"
        case str():
            return f'"{value}"'
        case _:
            return str(value)


def exports_known() -> str:
    """The exports that are recognised by their header."""
    parts = [
        title(
            "Known exports",
            "Files that are recognised by their header, whatever they are called. One file each in"
            " `src/regulars/sources/catalogue/`; [CONTRIBUTING](../../CONTRIBUTING.md) shows how to add one.",
        )
    ]
    rows = []
    for one in sorted(known_exports(), key=lambda one: one.name):
        without = f", without {', '.join(f'`{name}`' for name in one.without)}" if one.without else ""
        kind = one.mapping.kind if one.mapping else f"not loaded: {one.refused}"
        rows.append((one.name, one.source, kind, ", ".join(f"`{name}`" for name in one.needs) + without))
    parts.append(table(("export", "source", "kind", "recognised by the columns"), rows))
    return "\n".join(parts)


def exports() -> str:
    """The tables that `regulars export` writes, with the columns they really have."""
    parts = [
        title(
            "Exports",
            "What `regulars export TABLE --output FILE` writes, as `.csv`, `.parquet`, `.xlsx` or `.jsonl`. Money is in"
            " currency units, days are ISO dates. More columns may follow; these stay.",
        )
    ]
    with tempfile.TemporaryDirectory() as folder:
        shop = _first_day(Path(folder))
        for name in EXPORTS:
            columns = [
                (f"`{one.name}`", _plain_type(one.type), _meaning(one.name, name))
                for one in shop.table(name).schema
            ]
            if name == "profiles":
                own = (f"`{name}`" for name in ("people", "indicators"))
                more = ("rung", "next_step", "next_step_en", "next_step_fr")
                parts.append(
                    f"## profiles\n\n{ROWS[name]} The columns of {' and '.join(own)}, and:\n\n"
                    + table(
                        ("column", "type", "meaning"), (one for one in columns if one[0].strip("`") in more)
                    )
                )
            else:
                parts.append(f"## {name}\n\n{ROWS[name]}\n\n" + table(("column", "type", "meaning"), columns))
        shop.close()
    return "\n".join(parts)


def _first_day(folder: Path) -> Shop:
    """The shop of the tutorial, built: its tables have every column there is."""
    shop = init_shop(folder / "shop")
    shop.load([FIRST_DAY])
    shop.build("2026-10-31")
    shop.importance()
    shop.plan("2026-10-31")
    return shop


def _meaning(column: str, export: str) -> str:
    if f"{export}.{column}" in COLUMNS:
        return COLUMNS[f"{export}.{column}"]
    for channel in CONSENT_CHANNELS:
        if column == f"consent_{channel}":
            return f"may we write by {channel}: granted, denied, withdrawn or unknown"
    if column in COLUMNS:
        return COLUMNS[column]
    if column in INDICATORS:
        return str(INDICATORS[column].question)
    for kind in (PEOPLE, KINDS["orders"], KINDS["messages"]):
        if column in kind.fields:
            return kind.fields[column].meaning
    raise KeyError(f"docs/generate.py: say in COLUMNS what the exported column '{column}' means")


def _plain_type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "yes/no"
    if pa.types.is_integer(kind):
        return "whole number"
    return "number" if pa.types.is_floating(kind) or pa.types.is_decimal(kind) else "text"


def words() -> str:
    """Units, and the words that have one meaning everywhere."""
    units = [(f"`{unit}`", UNITS[unit]) for unit in get_args(Unit)]
    missing = set(get_args(IndicatorUnit)) - set(UNITS)
    if missing:
        raise KeyError(f"docs/generate.py: say in UNITS what these mean: {missing}")
    windows = "`spend_90d` looks at the last 90 days: the day of `as of` is age 0, and ages 0 to 89 count."
    return "\n".join([
        title("Words and units", "One word has one meaning, on every page, in every table and in every command."),
        table(("word", "meaning"), WORDS.items()),
        "## Units\n",
        table(("unit", "meaning"), units),
        f"A name carries its unit and window: {windows}\n",
    ])  # fmt: skip


def title(name: str, meaning: str) -> str:
    """The head of a page."""
    return f"{WRITTEN}\n\n# {name}\n\n{meaning}\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, ["---"] * len(heads), *lines))


def code(text: str) -> str:
    """A piece of code in a cell."""
    return f"`{text}`"


def main() -> None:
    """Write the pages."""
    (DOCS / "reference").mkdir(exist_ok=True)
    for name, text in pages().items():
        (DOCS / "reference" / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
