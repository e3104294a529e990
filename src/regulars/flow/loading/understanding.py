"""What each file of a load is, which system it comes from, and in which turn the files are taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from regulars.clean.order.fill import FillDown
from regulars.errors import Invalid
from regulars.flow import Ground
from regulars.flow.loading.customers import keys_in
from regulars.flow.loading.intake import UnderstoodFile
from regulars.model.fields import EVENT_KINDS
from regulars.model.mapping import FileMapping
from regulars.model.outside import ORIGINS, OTHERS_DATA, OUTSIDE_KINDS, Terms
from regulars.settings import ShopSettings
from regulars.sources import reads
from regulars.sources.found import Found, Proposal
from regulars.sources.meaning import checks, columns
from regulars.sources.meaning.series import series_of
from regulars.sources.notation import formats
from regulars.sources.origin import Origin, Told, elsewhere, origin_of
from regulars.sources.reading.files import about_readme
from regulars.sources.reading.read import sample
from regulars.sources.vocabulary.fingerprint import fingerprint
from regulars.words import _

SAMPLE_ROWS = 20_000  #: that meanings and formats are decided from
#: People and products first: orders then find the customers they name.
_ORDER = ("rates", "stores", "areas", "people", "products", "orders")
#: Of these kinds of files whoever is named becomes somebody whom the shop knows.
_OF_CUSTOMERS = ("people", "orders", *EVENT_KINDS)


@dataclass(slots=True, kw_only=True)
class LoadedFile:
    """What became of one file. `rows_in = accepted + rejected + duplicates`."""

    file: str
    source: str
    kind: str  #: empty when nothing of it was loaded
    mapping: FileMapping
    import_id: int | None = None  #: None for a dry run
    export: str | None = None  #: the known export it was recognised as
    rows_in: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0
    withdrawn: int = (
        0  #: lines loaded before that no longer count, for this file tells their orders without them
    )
    confidence: dict[str, float] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    questions: list[str] = field(default_factory=list)  #: what a person should confirm
    notes: list[str] = field(default_factory=list)
    error: Invalid | None = None  #: why nothing of it was loaded

    def as_json(self) -> dict[str, object]:
        """The contract's form."""
        return {
            "file": self.file,
            "source": self.source,
            "kind": self.kind,
            "import_id": self.import_id,
            "rows_in": self.rows_in,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "duplicates": self.duplicates,
            "withdrawn": self.withdrawn,
            "mapping": {name: column.field for name, column in self.mapping.columns.items()},
            "export": self.export,
            "confidence": self.confidence,
            "ignored": list(self.ignored),
            "questions": self.questions,
            "notes": self.notes,
            "error": self.error.sentence if self.error else None,
            "next_step": self.error.next_step if self.error else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person who loads says about the files."""

    source: str | None = None
    kind: str | None = None
    mapping: FileMapping | None = None
    customers: str | None = None  #: the source that customer keys are of
    terms: Terms | None = None  #: the files hold data from outside, had on these terms


def understand_files(
    ground: Ground, found: Sequence[Found], said: Said
) -> tuple[list[tuple[UnderstoodFile, LoadedFile]], list[LoadedFile]]:
    """Understand some files, in the turn they are to be taken in; beside them those that nobody understands."""
    with ground.store.read() as connection:
        before = reads.told(connection)
    files, odd = [], []
    for one in found:
        try:
            file, result = _understand(ground, one, said, before)
        except Invalid as problem:
            odd.append(not_loaded(one.path, problem))
            continue
        before.append(_told(file.found, file.file_hash, file.source, result.kind))
        files.append((file, result))
    return _in_turn(files), odd


def not_loaded(file: Path, problem: Invalid) -> LoadedFile:
    """A file of which nothing was loaded, and why."""
    return replace(_nothing_of(file), error=problem)


def passed_over(file: Path) -> LoadedFile:
    """A file beside the data that tells about it: named, and nothing is wrong."""
    return replace(_nothing_of(file), notes=[about_readme(file)])


def _nothing_of(file: Path) -> LoadedFile:
    return LoadedFile(file=str(file), source="", kind="", mapping=FileMapping(kind="", columns={}))


def _in_turn(files: Sequence[tuple[UnderstoodFile, LoadedFile]]) -> list[tuple[UnderstoodFile, LoadedFile]]:
    """People before the orders that name them; of a source the file of January before that of February."""
    sources = list(dict.fromkeys(file.source for file, _result in files))

    def turn(pair: tuple[UnderstoodFile, LoadedFile]) -> tuple[int, int, tuple[int, ...]]:
        """The place of a file: by its kind, then its source, then its place in a series."""
        file, result = pair
        rank = _ORDER.index(result.kind) if result.kind in _ORDER else len(_ORDER)
        rank += result.kind == "traits"  # they are told of people whom other files name
        return rank, sources.index(file.source), series_of(file.found.path).place

    return sorted(files, key=turn)


def _understand(
    ground: Ground, found: Found, said: Said, before: Sequence[Told]
) -> tuple[UnderstoodFile, LoadedFile]:
    """Decide what the columns of a file mean and how they are written, from its first rows, and whose file it is."""
    shop, hashed = ground.settings.shop, file_hash(found.path)
    rows = sample(found, SAMPLE_ROWS)
    named = said.source or (said.mapping.source if said.mapping else None)
    _check_named(named)
    likely = named or origin_of(_told(found, hashed, "", said.kind or ""), before).source
    with ground.store.read() as connection:
        remembered = reads.remembered_mapping(connection, likely, fingerprint(found.header))
        terms = reads.terms(connection)
    kinds = {one.kind for one in before if one.source == likely}
    outside = said.terms is not None or ("traits" in kinds and "people" not in kinds)
    try:
        proposal = columns.propose(found, rows, shop, remembered, said.mapping, said.kind)
    except Invalid:
        if said.kind or said.mapping or said.terms is None or said.terms.origin is None:
            raise
        # what names nobody by the words of customers' files may still name them in one from outside
        proposal = columns.propose(found, rows, shop, None, None, "traits")
    if outside:
        proposal = _from_outside(proposal, found, rows, shop, said, known="traits" in kinds)
    mapping = replace(proposal.mapping, customers=said.customers or proposal.mapping.customers)
    origin = _origin(_told(found, hashed, named or "", proposal.mapping.kind), before, proposal)
    kin = origin_of(_told(found, hashed, named or "", ""), before).source
    _check_whose(found, mapping.kind, (origin.source, named or kin), terms)
    dropped = ground.settings.drops(origin.source, found.header)
    mapping = mapping.without(dropped)
    _check_needs(found, mapping, dropped)
    _check_traits(found, mapping, dropped)
    decided = formats.decide(rows, mapping, shop, found)
    file = UnderstoodFile(
        source=origin.source,
        found=found,
        file_hash=hashed,
        mapping=mapping,
        formats=decided,
        fill=FillDown(order_column=proposal.order_column, columns=proposal.fill_down),
        given=said.mapping is not None,
        buyers=keys_in(rows, mapping.column_of("customer_key")),
    )
    noted = [origin.note] if origin.note else []
    return file, LoadedFile(
        file=str(found.path),
        source=file.source,
        kind=file.mapping.kind,
        mapping=file.mapping,
        export=proposal.export,
        confidence=dict(proposal.confidence),
        ignored=tuple(name for name in proposal.ignored if name not in dropped),
        questions=[*proposal.questions, *formats.questions(decided)],
        notes=[
            *found.notes,
            *checks.check(rows, file.mapping, found),
            *formats.notes(decided),
            *_dropped(dropped),
            *noted,
        ],
    )


def _from_outside(
    proposal: Proposal, found: Found, rows: pa.Table, shop: ShopSettings, said: Said, *, known: bool
) -> Proposal:
    """A list of people from outside tells traits of those who are known; it makes nobody a customer."""
    kind = proposal.mapping.kind
    if kind == "people" and said.kind is None and said.mapping is None:
        if said.terms is not None and said.terms.origin is None and not known:
            raise Invalid(
                _(
                    "'{file}' lists people: are these the shop's own customers, or a list from outside?",
                    file=found.path.name,
                ),
                _(
                    "for a list from outside add --origin (bought, asked, public or partner) or --kind traits; for"
                    " customers leave out --price, --licence, --licence-until and --of"
                ),
            )
        return columns.propose(found, rows, shop, None, None, "traits")
    if kind not in OUTSIDE_KINDS and said.terms is not None:
        raise Invalid(
            _(
                "'{file}' holds {kind}: that is the shop's own, not data from outside",
                file=found.path.name,
                kind=kind,
            ),
            _(
                "leave out --origin, --price, --licence, --licence-until and --of, or say --kind areas or --kind traits"
            ),
        )
    return proposal


def _check_named(source: str | None) -> None:
    """A record is named `SOURCE:KEY` everywhere, so the first colon ends the source."""
    if source and ":" in source:
        raise Invalid(
            _("'{source}' cannot be the name of a source: it has a colon", source=source),
            _("write it without, such as '{name}'", name=source.replace(":", "_")),
        )


def _check_whose(found: Found, kind: str, sources: Sequence[str], terms: Mapping[str, Terms]) -> None:
    """Nobody becomes a customer, nor says yes to messages, by a source that was bought, is public or a partner's."""
    if kind not in _OF_CUSTOMERS:
        return
    for source in sources:
        origin = terms.get(source, Terms()).origin
        if origin in OTHERS_DATA:
            raise Invalid(
                _(
                    "'{file}' is of '{source}', whose data is from outside ({origin}): nobody becomes a customer by it,"
                    " and no consent comes of it",
                    file=found.path.name,
                    source=source,
                    origin=ORIGINS[origin],
                ),
                _(
                    "load it with --kind traits; if it is another list, of the shop's own customers, load it with"
                    " --source NAME"
                ),
            )


def _check_traits(found: Found, mapping: FileMapping, dropped: Collection[str]) -> None:
    """A list from outside says more of people than how to reach them."""
    if mapping.kind != "traits":
        return
    read = {name for name, one in mapping.columns.items() if one.field not in ("question", "answer")}
    read |= {part for one in mapping.columns.values() for part in one.join}
    if not set(found.header) - read - set(dropped):
        raise Invalid(
            _(
                "'{file}' tells nothing that can be used: names, addresses and consents are not taken from outside, and"
                " it has no other column. Nothing of it is kept",
                file=found.path.name,
            ),
            _("load a list that tells a trait of people (a column such as 'Age band'), or leave it"),
        )


def _check_needs(found: Found, mapping: FileMapping, dropped: Collection[str]) -> None:
    """Whether the rows can be read without the columns that are dropped."""
    try:
        columns.needs_met(found, mapping)
    except Invalid as problem:
        names = ", ".join(sorted(dropped))
        raise Invalid(
            problem.sentence,
            _("it cannot be read without: take it off [privacy] drop ({columns})", columns=names),
        ) from None


def _dropped(columns: Collection[str]) -> list[str]:
    if not columns:
        return []
    return [_("not kept, for [privacy] drops it: {columns}", columns=", ".join(sorted(columns)))]


def _origin(file: Told, before: Sequence[Told], proposal: Proposal) -> Origin:
    """Whose a file is: what a person says, else what its name, its columns and its bytes say."""
    if file.source:
        return Origin(file.source, elsewhere(file, before))
    return origin_of(file, before, proposal.mapping.source if proposal.export else None)


def _told(found: Found, hashed: str, source: str, kind: str) -> Told:
    return Told(file=found.path, file_hash=hashed, source=source, kind=kind, header=found.header)


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
