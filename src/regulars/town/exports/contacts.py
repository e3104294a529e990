"""The files of people: clients of the two shops, accounts of the web shop, the till's directory, the mailing list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.exports import writing
from regulars.town.exports.breakage import cut, overfull
from regulars.town.exports.files import Files
from regulars.town.exports.headers import (
    CRM,
    MAILCHIMP,
    MAILCHIMP_UNSUBSCRIBED,
    SHOPIFY_CUSTOMERS,
    SQUARE_CUSTOMERS,
)
from regulars.town.exports.records import LEFT_NEWSLETTER
from regulars.town.people import People
from regulars.town.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """The dirty records with the key that each has in its own system."""

    table: pa.Table  #: as records.records, with `key` and `card`, without e-mails that are on the list twice
    left_list: np.ndarray  #: unsubscribed on this day; -1: has not, or is no row of the mailing list


def contacts(
    table: pa.Table, people: People, last_day: int, rng: np.random.Generator, registry: Registry
) -> Contacts:
    """Give every record its key, every client a card, and decide who has left the list."""
    table = _one_row_a_mailbox(table)
    kind = np.array(table["kind"])
    number = _within(kind) + _first_numbers(kind, registry)
    email = pc.binary_join_element_wise("email:", pc.utf8_lower(pc.utf8_trim_whitespace(table["email"])), "")
    keys = {
        "crm": writing.text(10_001 + number),
        "shopify": writing.text(6_100_000_000_000 + number * 32_768 + 4096),
        "square": writing.codes(len(table), 26, rng),
    }
    key = email.combine_chunks()
    for name, values in keys.items():
        key = pc.if_else(pa.array(kind == name), values, key)
    has_card = pa.array((kind == "crm") & (rng.random(len(table)) < 0.94))
    card = pc.if_else(has_card, writing.text(6_000_000_000_000 + number * 97 + 13), "")
    left = (kind == "mailchimp") & (rng.random(len(table)) < LEFT_NEWSLETTER)
    left |= (kind == "mailchimp") & people.complains[np.array(table["person"])]
    day = np.array(table["day"])
    return Contacts(
        table=table.append_column("key", key).append_column("card", card),
        left_list=np.where(
            left, day + 1 + np.floor(rng.random(len(table)) * (last_day - day)).astype(np.int64), -1
        ),
    )


def write_contacts(
    files: Files, known: Contacts, rng: np.random.Generator, registry: Registry
) -> Counter[str]:
    """Add to the five files of people; return what was broken."""
    dirt: Counter[str] = Counter()
    kind = np.array(known.table["kind"])
    listed, left = (kind == "mailchimp") & (known.left_list < 0), known.left_list >= 0
    written: dict[str, tuple[tuple[str, ...], str, list[str]]] = {
        "crm_clients.csv": (CRM, ";", _crm(_of(known, kind == "crm"), rng, dirt)),
        "shopify_customers.csv": (SHOPIFY_CUSTOMERS, ",", _shopify(_of(known, kind == "shopify"), rng)),
        "square_customers.csv": (SQUARE_CUSTOMERS, ",", _square(_of(known, kind == "square"), rng)),
        "mailchimp_subscribed.csv": (MAILCHIMP, ",", _list(known, listed, rng, registry)),
        "mailchimp_unsubscribed.csv": (MAILCHIMP_UNSUBSCRIBED, ",", _list(known, left, rng, registry)),
    }
    for name, (names, delimiter, lines) in written.items():
        encoding = "cp1252" if name == "crm_clients.csv" else "utf-8"
        files.add(name, lines, head=delimiter.join(names), encoding=encoding)
    return dirt


def _of(known: Contacts, rows: np.ndarray) -> pa.Table:
    return known.table.take(pa.array(np.flatnonzero(rows))).combine_chunks()


def _one_row_a_mailbox(table: pa.Table) -> pa.Table:
    """A mailing list holds an address once: of a family that shares one, who signed up first."""
    kind, day = np.array(table["kind"]), np.array(table["day"])
    emails = table["email"].combine_chunks().dictionary_encode().indices.to_numpy()
    listed = np.flatnonzero(kind == "mailchimp")
    by_day = listed[np.argsort(day[listed], kind="stable")]
    kept = by_day[np.unique(emails[by_day], return_index=True)[1]]
    keep = kind != "mailchimp"
    keep[kept] = True
    return table.filter(pa.array(keep)).combine_chunks()


def _within(kind: np.ndarray) -> np.ndarray:
    """The running number of each record within its kind; records stand by kind and day."""
    starts = np.concatenate([[True], kind[1:] != kind[:-1]])
    first = np.flatnonzero(starts)
    number: np.ndarray = np.arange(len(kind)) - first[np.cumsum(starts) - 1]
    return number


def _first_numbers(kind: np.ndarray, registry: Registry) -> np.ndarray:
    """Where the running numbers of each record's kind begin in this quarter."""
    kinds, which, counts = np.unique(kind, return_inverse=True, return_counts=True)
    first = [registry.numbers(str(name), int(count)) for name, count in zip(kinds, counts, strict=True)]
    return np.array(first)[which]


def _column(table: pa.Table, name: str) -> pa.Array:
    return table[name].combine_chunks()


def _family(table: pa.Table) -> pa.Array:
    """Family name with Jr or fils behind it."""
    return pc.utf8_rtrim_whitespace(
        pc.binary_join_element_wise(_column(table, "family"), _column(table, "suffix"), " ")
    )


def _said(
    table: pa.Table, words: tuple[str, ...], shares: tuple[float, ...], rng: np.random.Generator
) -> pa.Array:
    return pa.array(words).take(pa.array(rng.choice(len(words), size=len(table), p=shares)))


def _crm(table: pa.Table, rng: np.random.Generator, dirt: Counter[str]) -> list[str]:
    gender, language, region = (_column(table, c) for c in ("gender", "language", "region"))
    postcode = _column(table, "postcode")
    tight = pc.replace_substring(postcode, " ", "")
    way = pa.array(rng.choice(3, size=len(table), p=(0.7, 0.2, 0.1)))
    long = pa.array(rng.random(len(table)) < 0.25)
    changed = np.array(table["day"]) + rng.integers(0, 200, size=len(table))
    columns = {
        "No client": _column(table, "key"),
        "Civilité": pc.replace_substring_regex(pc.replace_substring(gender, "M", "M."), "^F$", "Mme"),
        "Nom": _family(table),
        "Prénom": _column(table, "given"),
        "Courriel": _column(table, "email"),
        "Téléphone": writing.telephones(_column(table, "phone"), _column(table, "nation"), rng),
        "Adresse": writing.address_lines(table, rng),
        "Ville": _column(table, "city"),
        "Province": pc.if_else(long, pc.replace_substring(region, "QC", "Québec"), region),
        "Code postal": pc.choose(way, postcode, tight, pc.utf8_lower(tight)),
        "Date de naissance": writing.french_days(_column(table, "birth")),
        "Langue": pc.replace_substring(pc.replace_substring(language, "fr", "Français"), "en", "Anglais"),
        "Carte fidélité": _column(table, "card"),
        "Infolettre": _said(table, ("Oui", "Non", ""), (0.5, 0.22, 0.28), rng),
        "Modifié le": writing.french_days(
            writing.iso_days(np.minimum(changed, int(max(table["day"].to_numpy(), default=0))))
        ),
    }
    lines = writing.csv_lines(writing.in_order(CRM, columns, len(table)), ";")
    dirt["ragged rows"] += cut(lines, ";", rng) + overfull(lines, ";", rng)
    return lines


def _shopify(table: pa.Table, rng: np.random.Generator) -> list[str]:
    columns = {
        "Customer ID": writing.apostrophe(_column(table, "key")),
        "First Name": _column(table, "given"),
        "Last Name": _family(table),
        "Email": _column(table, "email"),
        "Accepts Email Marketing": _said(table, ("yes", "no"), (0.55, 0.45), rng),
        "Default Address Address1": writing.address_lines(table, rng),
        "Default Address City": _column(table, "city"),
        "Default Address Country Code": _column(table, "country"),
        "Default Address Zip": writing.apostrophe(_column(table, "postcode")),
        "Phone": writing.apostrophe(writing.international(_column(table, "phone"), _column(table, "nation"))),
        "Tags": _said(table, ("", "newsletter", "vip", "newsletter, vip"), (0.7, 0.18, 0.08, 0.04), rng),
    }
    return writing.csv_lines(writing.in_order(SHOPIFY_CUSTOMERS, columns, len(table)), ",")


def _square(table: pa.Table, rng: np.random.Generator) -> list[str]:
    columns = {
        "First Name": _column(table, "given"),
        "Last Name": _family(table),
        "Email Address": _column(table, "email"),
        "Phone Number": writing.telephones(_column(table, "phone"), _column(table, "nation"), rng),
        "Street Address 1": writing.address_lines(table, rng),
        "City": _column(table, "city"),
        "State": _column(table, "region"),
        "Postal Code": _column(table, "postcode"),
        "Memo": _said(
            table, ("", "allergie aux noix", "likes gift wrap", "rappeler"), (0.94, 0.02, 0.02, 0.02), rng
        ),
        "Square Customer ID": _column(table, "key"),
    }
    return writing.csv_lines(writing.in_order(SQUARE_CUSTOMERS, columns, len(table)), ",")


def _list(known: Contacts, rows: np.ndarray, rng: np.random.Generator, registry: Registry) -> list[str]:
    table = _of(known, rows)
    day, left = np.array(table["day"]), known.left_list[rows]
    first = registry.numbers("unsubscribed" if (left >= 0).any() else "subscribed", len(table))
    second = rng.integers(6 * 3600, 22 * 3600, size=len(table))

    def at(days: np.ndarray) -> pa.Array:
        """Days, each with its second of the day, as the list writes them."""
        return pc.binary_join_element_wise(writing.iso_days(days), writing.clock(second), " ")

    columns = {
        "Email Address": _column(table, "email"),
        "First Name": _column(table, "given"),
        "Last Name": _family(table),
        "MEMBER_RATING": writing.text(rng.integers(1, 6, size=len(table))),
        "OPTIN_TIME": at(day),
        "CONFIRM_TIME": at(day),
        "CC": _column(table, "nation"),
        "LAST_CHANGED": at(np.maximum(day, left)),
        "LEID": writing.text(40_000_000 + 31 * (first + np.arange(len(table))) + len(table) * (left >= 0)),
        "EUID": pc.utf8_lower(writing.codes(len(table), 10, rng)),
    }
    names: tuple[str, ...] = MAILCHIMP
    if len(left) and left[0] >= 0:
        names = MAILCHIMP_UNSUBSCRIBED
        columns |= {
            "UNSUB_TIME": at(left),
            "UNSUB_CAMPAIGN_TITLE": _said(
                table, ("Infolettre", "Soldes d'été", "Noël"), (0.6, 0.2, 0.2), rng
            ),
            "UNSUB_REASON": _said(
                table, ("", "No longer interested", "Spam", "Never signed up"), (0.4, 0.4, 0.1, 0.1), rng
            ),
        }
    return writing.csv_lines(writing.in_order(names, columns, len(table)), ",")
