"""The links among a few cards: what `exact.sql` and `pairs.sql` say of all pairs, said of some."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import NamedTuple

from regulars.match.arrays import Pair
from regulars.match.comparison.fields import BY_NAME, NAMES, ONE_HOME, OTHER_NAMES
from regulars.match.contradictions import Judged
from regulars.match.live.cards import Card, Identifier
from regulars.match.live.known import Known
from regulars.match.people.claims import BIRTH, EMAIL, NUMBER, PHONE
from regulars.match.people.parts import A_MAILBOX, A_NUMBER
from regulars.match.weight.by_field import NUMBER_BITS
from regulars.match.weight.ceiling import weight_of
from regulars.match.weight.scorer import Levels, PairWeight, function_of_two
from regulars.match.weight.worth import BayesFactors

#: What a record calls its own: the kind of claim, the type and the value.
OwnValue = tuple[int, str, str]
_AS_JSON = json.JSONEncoder(ensure_ascii=False)


class Found(NamedTuple):
    """A reason to join two records."""

    kind: str  #: exact, model or human
    rule: str
    strength: float  #: as in `parts.Link`
    weighed: PairWeight | None = None


@dataclass(slots=True)
class Neighbourhood:
    """Some records, looked at two by two; each pair once."""

    known: Known
    _compared: dict[Pair, Levels] = field(default_factory=dict)
    _weighed: dict[Pair, PairWeight] = field(default_factory=dict)
    _judged: dict[Pair, Judged] = field(default_factory=dict)
    _sharing: dict[int, set[int]] = field(default_factory=dict)
    _torn: dict[int, bool] = field(default_factory=dict)
    _cards: dict[int, Card] = field(default_factory=dict)
    _holders: dict[Identifier, list[int]] = field(default_factory=dict)
    _contested: dict[Identifier, bool] = field(default_factory=dict)
    _doubled: dict[Identifier, bool] = field(default_factory=dict)
    _claims: dict[int, list[OwnValue]] = field(default_factory=dict)

    def card(self, record: int) -> Card:
        """The card of a record that has one."""
        card = self._cards.get(record)
        if card is None:
            card = self.known.card(record)
            assert card is not None, record
            self._cards[record] = card
        return card

    def holders(self, identifier: Identifier) -> list[int]:
        """The records that hold an identifier; nobody when they are too many."""
        found = self._holders.get(identifier)
        if found is None:
            found = self._holders[identifier] = self.known.holders(identifier)
        return found

    def compare(self, pair: Pair) -> Levels:
        """How near two records that have cards, the smaller number first, are in each field."""
        said = self._compared.get(pair)
        if said is None:
            said = self._compared[pair] = self.known.scorer.compare(self.card(pair[0]), self.card(pair[1]))
        return said

    def weigh(self, a: int, b: int) -> PairWeight:
        """What the model says of two records that have cards."""
        pair = paired(a, b)
        said = self._weighed.get(pair)
        if said is None:
            levels = self.compare(pair)
            said = self._weighed[pair] = self.known.scorer.weigh(
                self.card(pair[0]), self.card(pair[1]), levels
            )
        return said

    def judge(self, a: int, b: int) -> Judged:
        """What two records say for and against each other as a person."""
        pair = paired(a, b)
        said = self._judged.get(pair)
        if said is None:
            said = self._judged[pair] = self.known.judge(self.card(pair[0]), self.card(pair[1]))
        return said

    def exact(self, card: Card, among: Collection[int] | None = None) -> dict[int, Found]:
        """Who is joined to a card by a shared identifier: of all records, or of some."""
        shared: dict[int, set[Identifier]] = {}
        for each in card["identifiers"]:
            if not each.role:
                for other in self._joined_by(each, card, among):
                    shared.setdefault(other, set()).add(each)
        return {
            other: Found(
                kind="exact",
                rule="+".join(sorted({each.type for each in by})),
                strength=(A_NUMBER if any(each.strong for each in by) else A_MAILBOX)
                + len({each.type for each in by}),
            )
            for other, by in shared.items()
        }

    def is_exact(self, pair: Pair) -> bool:
        """Whether a shared identifier is a reason to join two."""
        return pair[1] in self.sharing(self.card(pair[0])) and bool(self.exact(self.card(pair[0]), [pair[1]]))

    def sharing(self, card: Card) -> set[int]:
        """The records that share an identifier with a card, whether it joins them or not."""
        found = self._sharing.get(card["record"])
        if found is None:
            every = (self.holders(each) for each in card["identifiers"] if not each.role)
            found = {other for holders in every for other in holders} - {card["record"]}
            self._sharing[card["record"]] = found
        return found

    def near(self, card: Card, review: float) -> dict[int, PairWeight]:
        """The records that are likely enough one person with a card for a human to see, of all that share a key."""
        known, least = self.known, weight_of(review)
        return self.likely(
            card, (other for other in known.neighbours(card) if known.reaches(card, other, least)), review
        )

    def likely(self, card: Card, others: Iterable[int], review: float) -> dict[int, PairWeight]:
        """The same of some others."""
        mine = card["record"]
        return {other: said for other in others if (said := self.weigh(mine, other)).probability >= review}

    def by_model(self, card: Card, near: Mapping[int, PairWeight], threshold: float) -> dict[int, Found]:
        """Whom of those near it the model joins to a card: `model_links` of `pairs.sql`."""
        mine = card["record"]
        families = {self.card(other)["given"] for other, said in near.items() if not said.personal}
        anyone_s = len(families - {None}) > 1
        return {
            other: Found(kind="model", rule="model", strength=said.weight, weighed=said)
            for other, said in near.items()
            if said.probability >= threshold
            and not (judged := self.judge(mine, other))["never"]
            and (said.personal or not (anyone_s or judged["two_scripts"]))
            and not judged["suffix_alone"]
            and not self._are_kin(paired(mine, other))
            and (judged["birth_agrees"] or not self._anybody_s(card, self.card(other)))
        }

    def bits(self, a: int, b: int, found: Mapping[Pair, Found]) -> float | None:
        """What a pair inside a group says for its being one person; None when there is nothing to compare."""
        if self.judge(a, b)["never"]:
            return float("-inf")
        said = self.weigh(a, b)
        if not said.comparable or (said.evidence <= 0 and not said.named):
            return None
        if self._joined_by_a_number(paired(a, b), found):
            return max(said.evidence, NUMBER_BITS)
        return min(said.evidence, 0.0) if self.judge(a, b)["suffix_alone"] else said.evidence

    def by_field(self, pair: Pair, found: Mapping[Pair, Found]) -> list[BayesFactors | None]:
        """What each field of a pair says: `ByField.of_pair`."""
        return self.known.by_field.of_pair(
            self.card(pair[0]),
            self.card(pair[1]),
            self.compare(pair),
            strong=self._joined_by_a_number(pair, found),
            suffix_alone=self.judge(*pair)["suffix_alone"],
        )

    def claims(self, record: int) -> list[OwnValue]:
        """What a record calls its own; `claims` of `grouping.sql`."""
        found = self._claims.get(record)
        if found is None:
            found = self._claims[record] = self._told(self.card(record))
        return found

    def _told(self, card: Card) -> list[OwnValue]:
        found = [(BIRTH, "birth", card["birth"])] if card["birth"] else []
        for each in card["identifiers"]:
            if each.type == "email" and not each.role:
                found.append((EMAIL, each.type, each.value.lower()))
            elif each.type == "phone":
                found.append((PHONE, each.type, each.value.partition(";")[0]))
            elif each.strong:
                found.append((NUMBER, each.type, each.value))
        return found

    def several(self, records: Iterable[int]) -> bool:
        """Whether some records have several mailboxes, and several telephones or numbers."""
        said: dict[int, set[str]] = {EMAIL: set(), PHONE: set(), NUMBER: set(), BIRTH: set()}
        for record in records:
            for kind, _type, value in self.claims(record):
                said[kind].add(value)
        return len(said[EMAIL]) > 1 and max(len(said[PHONE]), len(said[NUMBER])) > 1

    def worth_asking(self, pair: Pair, said: PairWeight, review: float) -> bool:
        """Whether a human has something to go by: `review_pairs` of `pairs.sql`."""
        if said.probability < review:
            return not self.judge(*pair)["given_differs"] or said.probability >= OTHER_NAMES * review
        if said.probability >= BY_NAME:
            return True
        bits = self.known.scorer.bits(self.card(pair[0]), self.card(pair[1]), self.compare(pair))
        return any(round(value, 2) > 0 for name, value in bits.items() if name not in NAMES)

    def bits_by_field(self, pair: Pair) -> str:
        """The bits of each field of a pair, as `links` and `review_pairs` keep them."""
        bits = self.known.scorer.bits(self.card(pair[0]), self.card(pair[1]), self.compare(pair))
        return _AS_JSON.encode({name: round(value, 2) for name, value in bits.items()})

    def doubt(self, pair: Pair, said: PairWeight | None, threshold: float, lost: Mapping[Pair, str]) -> str:
        """Why a human should look at a pair, in the words of `review_pairs`; `lost` says why links did not hold."""
        judged = self.judge(*pair)
        if said is None:
            return self._refusal(pair, judged)
        if judged["suffix_differs"]:
            return "suffixes differ"
        if judged["suffix_alone"]:
            return "one suffix"
        if judged["other_name"]:
            return "other names"
        if judged["gender_differs"]:
            return "genders differ"
        if said.probability >= threshold and said.personal:
            refused = self._refused(pair)
            return lost.get(pair) or (refused if refused in ("contested", "contradicted") else "of two")
        if said.rival == "household" or said.probability >= threshold:
            return self._in_common(pair)
        return "same name" if said.rival == "namesake" else "undecided"

    def _in_common(self, pair: Pair) -> str:
        """What two have in common who look like one household: a home or an identifier, or a name alone."""
        one, other = (self.card(record) for record in pair)
        if pair[1] in self.sharing(one) or _of_one_home()(one, other)[0]:
            return "same household"
        return "same family name" if one["family"] and one["family"] == other["family"] else "undecided"

    def _refused(self, pair: Pair) -> str | None:
        """Why what two share did not join them, where they share something; not asked of those whom it joins."""
        known = pair[1] in self.sharing(self.card(pair[0]))
        return self._refusal(pair, self.judge(*pair)) if known else None

    def _refusal(self, pair: Pair, judged: Judged) -> str:
        """Why a shared identifier did not join two: `refused` of `exact.sql`."""
        if judged["contradicted"]:
            return "contradicted"
        if _rivals(self.card(pair[0]), self.card(pair[1])):
            return "two accounts"
        if judged["suffix_alone"]:
            return "one suffix"
        doubled = any(self.is_doubled(each) for each in self._shared(pair))
        return "of two" if doubled else "contested"

    def _joined_by(self, identifier: Identifier, card: Card, among: Collection[int] | None) -> list[int]:
        """The other holders of an identifier, of all or of some, who are one person with a card: `exact_links` of
        `exact.sql`."""
        mine = card["record"]
        return [
            other
            for other in self.holders(identifier)
            if other != mine
            and (among is None or other in among)
            and not (said := self.judge(mine, other))["contradicted"]
            and (said["given_agrees"] or not self.is_contested(identifier))
            and (said["birth_agrees"] or not self.is_doubled(identifier))
            and not _rivals(card, self.card(other))
        ]

    def _anybody_s(self, card: Card, other: Card) -> bool:
        """Whether one of two cards may be of a junior or of his namesake, or of any holder of what they share; and
        nothing of their own joins them."""
        of_several = (
            self._of_two(card)
            or self._of_two(other)
            or self._refused(paired(card["record"], other["record"])) == "contested"
        )
        return of_several and not self.exact(card, [other["record"]])

    def _joined_by_a_number(self, pair: Pair, found: Mapping[Pair, Found]) -> bool:
        """Whether a number of their own (a card, an account, no e-mail and no telephone) joined two, or would have, had
        no human said so first."""
        link = found.get(pair)
        if link and link.kind == "human":
            link = self.exact(self.card(pair[0]), [pair[1]]).get(pair[1])
        return link is not None and link.kind == "exact" and link.strength >= A_NUMBER

    def _are_kin(self, pair: Pair) -> bool:
        """Whether two share a mailbox or a telephone, and no number, as twins do who have other first names and one
        birth date, or father and son, whose birth dates are a generation apart."""
        judged = self.judge(*pair)
        of_family = judged["generation_differs"] or (judged["given_differs"] and judged["birth_agrees"])
        return bool(of_family and self._refused(pair)) and not any(each.strong for each in self._shared(pair))

    def _shared(self, pair: Pair) -> list[Identifier]:
        """The identifiers that two cards share."""
        card, other = self.card(pair[0]), self.card(pair[1])
        return [each for each in card["identifiers"] if not each.role and each in other["identifiers"]]

    def _of_two(self, card: Card) -> bool:
        """Whether a card holds an e-mail or a telephone which a junior and his namesake both have."""
        said = self._torn.get(card["record"])
        if said is None:
            said = self._torn[card["record"]] = any(
                not each.role and self.is_doubled(each) for each in card["identifiers"]
            )
        return said

    def is_contested(self, identifier: Identifier) -> bool:
        """Whether two holders of an identifier contradict each other."""
        said = self._contested.get(identifier)
        if said is None:
            pairs = combinations(self.holders(identifier), 2)
            said = self._contested[identifier] = any(self.judge(a, b)["contradicted"] for a, b in pairs)
        return said

    def is_doubled(self, identifier: Identifier) -> bool:
        """Whether an e-mail or a telephone is a junior's and of another it is not said."""
        said = self._doubled.get(identifier)
        if said is None:
            said = self._doubled[identifier] = not identifier.strong and self._is_of_a_junior(identifier)
        return said

    def _is_of_a_junior(self, identifier: Identifier) -> bool:
        holders = self.holders(identifier)
        if not any(self.card(record)["suffix"] for record in holders):
            return False
        return any(self.judge(a, b)["suffix_alone"] for a, b in combinations(holders, 2))


@cache
def _of_one_home() -> Callable[[Card, Card], Levels]:
    """Whether two cards tell of one home, as a function of them."""
    from regulars.match.comparison.dialects import python  # it brings a parser of SQL, slow to import

    return function_of_two([ONE_HOME], [python(ONE_HOME)])


def paired(a: int, b: int) -> Pair:
    """Two records, the smaller number first."""
    return (a, b) if a < b else (b, a)


def _rivals(card: Card, other: Card) -> bool:
    """Whether two cards of one source hold different numbers of one kind: two accounts, not one."""
    if card["source"] != other["source"]:
        return False
    mine, theirs = _numbers(card), _numbers(other)
    return any(mine[kind].isdisjoint(theirs[kind]) for kind in mine.keys() & theirs.keys())


def _numbers(card: Card) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in card["identifiers"]:
        if each.strong:
            found.setdefault(each.type, set()).add(each.value)
    return found
