"""Whose first names two may be: of one household, with one telephone, that alone tells them apart."""

from __future__ import annotations

from small_shop import Shop, person

#: Brothers and sisters, couples, parents and children.
OF_TWO = (
    "Marie-Ève/Marie-Anne", "Jean-Marc/Jean-Paul", "Jean-Luc/Jean-Guy", "Marie-Claude/Anne-Claude", "Thi Lan/Thi Hoa",
    "María José/José María", "Stéphanie/Stéphane", "Julie/Julien", "Alain/Aline", "Lucie/Lucien", "Tim/Tom",
    "Marc/Marcel", "Marc/Mario", "Lise/Line", "Lise/Louise", "Lina/Nina", "Clara/Carla", "Jade/Jude", "Rose/Rosa",
    "Jérôme/Jérémie", "Julie/Juliette", "Simon/Simone",
)  # fmt: skip
#: One name as it is written by two, or by one in a hurry.
OF_ONE = (
    "Marie/Marie-Claude", "Jean-Marc/Marc", "Marie Pier/Marie-Pierre", "Marie-Christine/Marie Cristine",
    "John William/John William Robert", "Mary Ann/Mary Anne", "Mary Ann/Maryann", "María del Carmen/María Carmen",
    "Catherine/Katherine", "Sara/Sarah", "Éric/Erik", "Mathieu/Matthieu", "Philippe/Philip", "Jon/John", "Jonh/John",
    "Juile/Julie", "Max/Maxime", "Alex/Alexandre", "Dan/Daniel", "Bob/Robert", "J/Julie", "Ann/Anne",
    "J.-P./Jean-Philippe", "J. P./Jean-Pierre", "JP/Jean-Paul", "M.-C./Marie-Claude", "R. E./Robert",
)  # fmt: skip


def test_two_names_that_are_written_alike_are_told_apart_and_two_spellings_of_one_are_not(shop: Shop) -> None:
    for n, pair in enumerate((*OF_TWO, *OF_ONE)):
        shared = {"family_name": "Roy", "phone": f"+1514555{n:04}"}
        names = zip(("till", "web"), pair.split("/"), strict=True)
        shop.add(
            [person(f"{source} {pair}", source=source, given_name=name, **shared) for source, name in names]
        )
    shop.match()
    together = {key.partition(" ")[2] for group in shop.groups() if len(group) > 1 for key in group}
    assert together == set(OF_ONE)


def test_whose_name_is_a_half_of_two_compounds_is_one_of_theirs(shop: Shop) -> None:
    shared = {"family_name": "Dion", "phone": "+15145550603"}
    names = ("Marie-Ève", "Marie-Anne", "Marie-Anne")
    shop.add(
        [person(f"{n} {name}", source=f"s{n}", given_name=name, **shared) for n, name in enumerate(names)]
    )
    report = shop.match()
    assert shop.groups() == {frozenset({"0 Marie-Ève"}), frozenset({"1 Marie-Anne", "2 Marie-Anne"})}
    assert report.to_review == 1
