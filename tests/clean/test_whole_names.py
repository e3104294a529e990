"""Names: capitals, letters, and the parts of a whole name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.clean.person.full_names import FullName, parse
from regulars.clean.person.names import name_by_hand, proper


@pytest.mark.parametrize(
    ("found", "standard"),
    [
        ("MCDONALD", "McDonald"),
        ("o'brien", "O'Brien"),
        ("DE LA FONTAINE-CÔTÉ", "de la Fontaine-Côté"),
        ("lafrenière", "Lafrenière"),
        ("LAFRENIÃˆRE", "Lafrenière"),
        ("SAINTE-ANNE-DE-BEAUPRÉ", "Sainte-Anne-de-Beaupré"),
        ("L'Assomption", "L'Assomption"),
        ("L'ASSOMPTION", "L'Assomption"),
        ("macdonald", "MacDonald"),
        ("mackay", "Mackay"),
        ("van der berg", "van der Berg"),
        ("la prairie", "La Prairie"),
        ("JOE'S", "Joe's"),
        ("J.R.", "J.R."),
        ("DeVries", "DeVries"),
        ("TREMBLAY NÉE CÔTÉ", "Tremblay née Côté"),
        ("TREMBLAY née CÔTÉ", "Tremblay née Côté"),
        ("TREMBLAY née Côté", "Tremblay née Côté"),
        ("TREMBLAY (NÉE CÔTÉ)", "Tremblay (née Côté)"),
        ("CÔTÉ ÉP. TREMBLAY", "Côté ép. Tremblay"),
        ("McNeil née de la FONTAINE", "McNeil née de la FONTAINE"),
    ],
)
def test_a_name_gets_the_capitals_that_its_bearer_gives_it(found, standard):
    assert name_by_hand(found)[0] == standard


def test_a_name_that_somebody_wrote_with_care_is_left_alone():
    for name in ("Anne-Marie", "MacKay", "d'Artagnan", "van Gogh", "José María", "Nguyễn", "Ângela", "Ægir"):
        assert name_by_hand(name) == (name, None)


def test_capitals_follow_the_sign_before_the_letter():
    assert proper("JEAN-FRANÇOIS ST-PIERRE IV") == "Jean-François St-Pierre IV"


def name(given=None, family=None, prefix=None, middle=None, suffix=None):
    return FullName(prefix, given, middle, family, suffix)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Anna Roy", name("Anna", "Roy")),
        ("TREMBLAY, Jean-François", name("Jean-François", "TREMBLAY")),
        ("Mme Marie-Ève de la Fontaine-Côté", name("Marie-Ève", "de la Fontaine-Côté", "Mme")),
        ("M. Luc Roy", name("Luc", "Roy", "M.")),
        ("Dr John A. McDonald III", name("John", "McDonald", "Dr", "A.", "III")),
        ("Ludwig van Beethoven", name("Ludwig", "van Beethoven")),
        ("SMITH Jr, Robert E.", name("Robert", "SMITH", None, "E.", "Jr")),
        ("John Smith, Jr.", name("John", "Smith", suffix="Jr")),
        ("Marie Tremblay née Côté", name("Marie", "Tremblay née Côté")),
        ("Marie Tremblay, née Côté", name("Marie", "Tremblay née Côté")),
        ("Marie-Ève Tremblay (née Côté)", name("Marie-Ève", "Tremblay née Côté")),
        ("Tremblay (née Côté), Marie", name("Marie", "Tremblay née Côté")),
        ("Tremblay, née Côté, Marie", name("Marie", "Tremblay née Côté")),
        ("TREMBLAY née CÔTÉ Marie", name("Marie", "TREMBLAY née CÔTÉ")),
        ("TREMBLAY, Marie (née Côté)", name("Marie", "TREMBLAY née Côté")),
        ("TREMBLAY, MARIE (NEE COTE)", name("MARIE", "TREMBLAY née COTE")),
        ("Tremblay, Marie, née Côté", name("Marie", "Tremblay née Côté")),
        ("Smith, John (born 1950)", name("John", "Smith")),
        ("Jean Tremblay (né en 1950)", name("Jean", "Tremblay")),
        ("Marie Tremblay (Born in Laval)", name("Marie", "Tremblay")),
        ("Dr Max Born Smith", name("Max", "Smith", "Dr", "Born")),
        ("Mme Tremblay née Côté", name(None, "Tremblay née Côté", "Mme")),
        ("Tremblay née Côté", name(None, "Tremblay née Côté")),
        ("Marie Côté ép. Tremblay, notaire", name("Marie", "Côté ép. Tremblay")),
        ("Anna Müller geb. Schmidt", name("Anna", "Müller geb. Schmidt")),
        ("Anne M. de la Fontaine nee Roy", name("Anne", "de la Fontaine nee Roy", middle="M.")),
        ("Jane Smith (born Jones)", name("Jane", "Smith born Jones")),
        ("Max Born", name("Max", "Born")),
        ("Smith, Born Max", name("Born", "Smith", middle="Max")),
        ("Max Born Smith", name("Max", "Smith", middle="Born")),
        ("Victoria Nee", name("Victoria", "Nee")),
        ("Nee Ling Chan", name("Nee", "Chan", middle="Ling")),
        ("TREMBLAY Jean", name("Jean", "TREMBLAY")),
        ("Jean TREMBLAY", name("Jean", "TREMBLAY")),
        ("Mme Tremblay", name(None, "Tremblay", "Mme")),
        ("Dépanneur du Coin Ltée", name()),
        ("M. et Mme Tremblay", name(None, "Tremblay", "M. et Mme")),
        ("Mr. & Mrs. John Smith", name(None, "Smith", "Mr & Mrs")),
        ("Luc et Anne Tremblay", name(None, "Tremblay")),
        ("Luc Roy et Anne Côté", name()),
        ("Luc et Anne", name()),
        ("Luc et Mme Tremblay", name(None, "Tremblay")),
        ("Smith & Sons", name()),
        ("Me Lise Roy, notaire", name("Lise", "Roy", "Me")),
        ("Anna Roy, ing.", name("Anna", "Roy")),
        ("Anna Roy, CPA, CA", name("Anna", "Roy")),
        ("Roy, notaire", name(None, "Roy")),
        ("Tan, Ing", name("Ing", "Tan")),
        ("Guy Lavoie (décédé)", name("Guy", "Lavoie")),
        ("Guy (Ti-Guy) Lavoie", name("Guy", "Lavoie")),
        ("(décédé)", name()),
        ("Lord John Byron", name("John", "Byron", "Lord")),
        ("Major Smith", name("Major", "Smith")),
        ("Sir Thomas Jones, 1st Baronet", name("Thomas", "Jones", "Sir")),
        ("Henry George Grey 3rd Earl Grey", name("Henry", "Grey", middle="George")),
        ("John Smith 3rd", name("John", "Smith", suffix="III")),
        ("Smith 7", name()),
        ("Madonna", name()),
        ("anna@example.com", name()),
        ("", name()),
    ],
)
def test_a_whole_name_is_read_into_its_parts(text, parts):
    assert parse(text) == parts


def test_sql_and_python_read_the_same_parts(people):
    texts = [
        "Anna Roy",
        "ROY, Anna",
        "anna roy",
        "Roy,Anna",
        "O'Neil Côté-Roy",
        "Marie-Ève St-Pierre",
        "Mme Tremblay",
        "M. et Mme Tremblay",
        "Roy, notaire",
        "Roy, Infirmière",
        "Roy, Courtier",
        "Me Lise Roy, notaire",
        "Guy Lavoie (décédé)",
    ]
    rows = people(
        [{"source_key": str(n), "full_name": text} for n, text in enumerate(texts)]
    ).rows.to_pylist()
    for row, text in zip(rows, texts, strict=True):
        read = parse(text)
        assert (row["given_name"] or "").casefold() == (read.given_name or "").casefold()
        assert (row["family_name"] or "").casefold() == (read.family_name or "").casefold()


def test_both_names_in_one_column_are_told_apart(people):
    row = people([{"source_key": "1", "family_name": "GAGNON, Luc"}]).rows.to_pylist()[0]
    assert (row["given_name"], row["family_name"]) == ("Luc", "Gagnon")


@pytest.mark.parametrize("given", [None, "Eva", "Dr Eva"])
def test_a_title_leaves_the_family_name(people, given):
    row = people(
        [{"source_key": "1", "given_name": given, "family_name": "Dr. Müller-Lüdenscheidt"}]
    ).rows.to_pylist()[0]
    assert (row["name_prefix"], row["given_name"], row["family_name"]) == (
        "Dr",
        given and "Eva",
        "Müller-Lüdenscheidt",
    )


@pytest.mark.parametrize(
    ("given", "found", "family", "suffix"),
    [
        ("Mr. David", "Dobbins Senior", "Dobbins", "Sr"),
        ("Carl", "Lemare fils", "Lemare", "Jr"),
        ("Carl", "Lemare, Père", "Lemare", "Sr"),
        ("Carl", "Fils", None, "Jr"),
        ("Carl", " jr. ", None, "Jr"),
        ("Paul", "Senior", "Senior", None),
        ("Paul", "Filsinger", "Filsinger", None),
    ],
)
def test_a_suffix_leaves_the_family_name(people, given, found, family, suffix):
    row = people([{"source_key": "1", "given_name": given, "family_name": found}]).rows.to_pylist()[0]
    assert [row[n] for n in ("given_name", "family_name", "name_suffix")] == [
        given.removeprefix("Mr. "),
        family,
        suffix,
    ]
    assert row["name_prefix"] == ("Mr" if given.startswith("Mr.") else None)


@given(found=st.text(alphabet="aéBÇÃ©'-. jrmcMCDs", max_size=20))
def test_a_standard_name_is_its_own_standard_form(found):
    once = name_by_hand(found)[0]
    assert once is None or name_by_hand(once)[0] == once


@pytest.mark.parametrize(
    ("others", "family"),
    [
        (["ROY Anne", "CÔTÉ Luc", "GAGNON Eva"], "Zoé"),
        ([f"Anne Roy{end}" for end in "abcdefghij"], "Lafrenière"),
        (["Anne ROY", "Luc CÔTÉ", "Eva Gagnon"], "Lafrenière"),
        ([], "Zoé"),
    ],
    ids=["a French list", "one typed loudly", "a list of Anne ROY", "alone"],
)
def test_a_capital_word_that_leads_is_the_family_name_where_the_column_has_that_habit(people, others, family):
    texts = ["ZOÉ Lafrenière", *others]
    rows = people(
        [{"source_key": str(n), "full_name": text} for n, text in enumerate(texts)]
    ).rows.to_pylist()
    assert rows[0]["family_name"] == family
