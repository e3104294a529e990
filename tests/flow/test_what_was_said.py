"""What customers say reaches the store as said, counts where nobody is named, and goes when they leave."""

from __future__ import annotations

import pyarrow.parquet as pq
from small_files import Write
from sqlalchemy import select

from regulars.shop import Shop
from regulars.store.tables import events

REVIEWS = (
    "Review Title,Review Content,Review Score,Review Creation Date,Email Address,Product ID",
    "Lovely,A fine tea.,5,2024-05-01,ann@example.ca,EG",
    ",Broken on arrival.,1,2024-05-02,bob@example.ca,EG",
)


def said(shop: Shop) -> list[str | None]:
    with shop.ground.store.read() as connection:
        return list(connection.execute(select(events.c.said).order_by(events.c.at_us)).scalars())


def test_a_review_keeps_its_title_and_its_words_also_where_it_is_counted(shop: Shop, write: Write) -> None:
    shop.load([write("reviews.csv", *REVIEWS)])
    assert said(shop) == ["Lovely\nA fine tea.", "Broken on arrival."]
    (file,) = (shop.ground.folder / "lake" / "events").glob("*.parquet")
    assert pq.read_table(file).column("said").to_pylist().count("Broken on arrival.") == 1


def test_a_ticket_is_read_by_its_subject_and_its_message(shop: Shop, write: Write) -> None:
    file = write(
        "tickets.csv",
        "Id,Requester email,Sujet,Message,Created at",
        "1,ann@example.ca,Ma commande,Où est-elle?,2024-05-01 10:00:00",
    )
    (loaded,) = shop.load([file])
    assert (loaded.kind, said(shop)) == ("tickets", ["Ma commande\nOù est-elle?"])


def test_reviews_that_name_nobody_are_taken_and_may_come_again_in_any_order(shop: Shop, write: Write) -> None:
    rows = ("EG,5,Love it,2024-05-01", "EG,1,Broken,2024-05-01")
    shop.load([write("reviews.csv", "product_id,rating,review,date", *rows)])
    (again,) = shop.load([write("more/reviews.csv", "product_id,rating,review,date", *reversed(rows))])
    assert (again.accepted, again.duplicates) == (0, 2)
    assert sorted(map(str, said(shop))) == ["Broken", "Love it"]


def test_who_is_forgotten_takes_their_words_along(shop: Shop, write: Write) -> None:
    people = write("people.csv", "Customer ID,Email", "1,ann@example.ca", "2,bob@example.ca")
    shop.load([people, write("reviews.csv", *REVIEWS)])
    shop.match()
    gone = [row["source"] + ":" + row["source_key"] for row in shop.table("identity").to_pylist()]
    shop.erase(gone, "the owner")
    assert said(shop) == [None, None]
    for file in (shop.ground.folder / "lake" / "events").glob("*.parquet"):
        assert pq.read_table(file).column("said").null_count == 2


def test_the_page_of_a_customer_tells_what_they_wrote(shop: Shop, write: Write) -> None:
    shop.load([write("reviews.csv", *REVIEWS)])
    shop.build("2024-06-01")
    (hit,) = shop.find("bob@example.ca")
    (moment,) = shop.show(hit.person).timeline
    assert "Broken on arrival." in moment.detail


def test_ratings_are_read_as_people_write_them_and_one_that_is_none_waits_with_a_reason(
    shop: Shop, write: Write
) -> None:
    said = {
        "4": 4.0,
        "4/5": 4.0,
        "3 out of 5 stars": 3.0,
        "2 étoiles": 2.0,
        "★★★★☆": 4.0,
        "4,5 étoiles": 4.5,
        "8/10": 4.0,
        "4.5": 4.5,
        "": None,
    }
    rows = [f'MUG,"{rating}",Text {n},2024-05-{n + 1:02} 10:00' for n, rating in enumerate([*said, "eleven"])]
    (loaded,) = shop.load(
        [write("reviews.csv", "product_id,rating,review,date", *rows)], kind="reviews", source="site"
    )
    assert (loaded.accepted, loaded.rejected) == (len(said), 1)
    (reject,) = shop.rejects()
    assert reject["reason"] == "'eleven' in 'rating' is not a number"
    with shop.ground.store.read() as connection:
        kept = connection.execute(select(events.c.rating).order_by(events.c.at_us)).scalars().all()
    assert kept == list(said.values())


def test_a_review_that_is_exported_again_with_a_word_changed_is_one_review(shop: Shop, write: Write) -> None:
    header = "review_id,Review date,Email,Rating,Review text"
    for text in ("A good mug", "A very good mug"):
        lines = ("R1,2024-05-02,ann@example.ca,4," + text, "R2,2024-05-03,luc@example.ca,2,It broke")
        (result,) = shop.load([write("reviews.csv", header, *lines)], source="reviews")
        assert result.mapping.columns["review_id"].field == "event_id"
    assert (result.accepted, result.duplicates) == (1, 1)
    shop.build("2024-05-31")
    assert shop.table("profiles").column("reviews_365d").to_pylist() == [1, 1]
