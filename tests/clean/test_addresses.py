"""Addresses in one line, their streets and their places: Québec, France, the United States, and everywhere else."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.clean.address.addresses import parse
from regulars.clean.address.places import place
from regulars.clean.address.streets import street_by_hand


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("123 Main Street, Las Vegas NV 89132", "123||Main Street|Las Vegas|NV|89132"),
        ("4-123 rue Saint-Denis, app. 5, Montréal QC H2X 1Y4", "4-123|5|rue Saint-Denis|Montréal|QC|H2X 1Y4"),
        ("#204 - 1550 West 8th Ave Vancouver BC V6J 1T5", "1550|204|West 8th Ave|Vancouver|BC|V6J 1T5"),
        (
            "1200 av. McGill College bureau 1100, Montréal (Québec) h3b4g7",
            "1200|1100|av. McGill College|Montréal|Québec|H3B 4G7",
        ),
        ("12 bis rue de la Paix, 75002 Paris", "12 bis||rue de la Paix|Paris||75002"),
        ("12 rue des Lilas 75011 Paris", "12||rue des Lilas|Paris||75011"),
        ("12, rue du 8 mai 1945 - 69003 Lyon", "12||rue du 8 mai 1945|Lyon||69003"),
        ("123 Main St 90210 Springfield", "123||Main St 90210 Springfield|||"),
        (
            "450 boul. Saint-Joseph Est app. 3 Montréal QC H2J 1J7",
            "450|3|boul. Saint-Joseph Est|Montréal|QC|H2J 1J7",
        ),
        ("450 boul. Saint-Joseph Est Montréal QC H2J 1J7", "450||boul. Saint-Joseph Est|Montréal|QC|H2J 1J7"),
        ("12, rue st-denis app 4, montreal qc h2x1y4", "12|4|rue st-denis|montreal|qc|H2X 1Y4"),
        ("100 Main St Apt 4 Toronto ON M5V 1A1", "100|4|Main St|Toronto|ON|M5V 1A1"),
        ("80 Delaware Ave SE Washington DC 40040", "80||Delaware Ave SE|Washington|DC|40040"),
        ("Suite 900, 1450 N City Rd", "1450|900|N City Rd|||"),
        ("Skyline Apartments, 705 Sheppard Ave", "705||Sheppard Ave|||"),
        ("3212 W. 32nd St Palm Harbor, FL 60527", "3212||W. 32nd St|Palm Harbor|FL|60527"),
        ("PO Box 1234, Ottawa ON K1A 0B1", "||PO Box 1234|Ottawa|ON|K1A 0B1"),
        ("145th st", "||145th st|||"),
        ("Rang 3, Saint-Esprit", "||Rang 3|Saint-Esprit||"),
        ("350 5th Ave, New York", "350||5th Ave|New York||"),
        ("264-12 hallmont dr", "264-12||hallmont dr|||"),
        ("Dorpsstraat 1", "1||Dorpsstraat|||"),
        ("Viktoria-Geisel-Straße 6/5", "6/5||Viktoria-Geisel-Straße|||"),
        ("Hauptstr. 12a, 10115 Berlin", "12a||Hauptstr.|Berlin||10115"),
        ("Straße des 17. Juni 135 10623 Berlin", "135||Straße des 17. Juni|Berlin||10623"),
        ("Kerkstraat 12-II, 1012 AB Amsterdam", "12-II||Kerkstraat|Amsterdam||1012 AB"),
        ("Kerkstraat 12, 1012 AB Amsterdam, Noord-Holland", "12||Kerkstraat|Amsterdam|Noord-Holland|1012 AB"),
        ("Bahnhofstrasse 3, 8001 Zürich", "3||Bahnhofstrasse|Zürich||8001"),
        ("ul. Długa 5/7, 00-950 Warszawa", "5/7||ul. Długa|Warszawa||00-950"),
        ("Via Roma, 12", "12||Via Roma|||"),
        ("Calle Mayor, 12, 3º B, 28013 Madrid", "12|3º B|Calle Mayor|Madrid||28013"),
        ("Rua das Flores, 123 - Apto 45", "123|45|Rua das Flores|||"),
        ("Rua das Flores, 123, Centro, São Paulo", "123||Rua das Flores, Centro|São Paulo||"),
        ("Flat 5, 12 High Street, London SW1A 1AA", "12|5|High Street|London||SW1A 1AA"),
        ("Le Manoir, 12, rue des Lilas, Laval", "12||rue des Lilas|Laval||"),
        ("rue du 8 mai 1945", "||rue du 8 mai 1945|||"),
        ("County Road 12", "||County Road 12|||"),
        ("Highway 12", "||Highway 12|||"),
        ("#321, Street 128", "321||Street 128|||"),
        ("No 321, Street 128 Phnom Penh Cambodia", "321||Street 128|Phnom Penh||"),
        ("No. 12, Jalan Ampang, 50450 Kuala Lumpur, Malaysia", "12||Jalan Ampang|Kuala Lumpur||50450"),
        ("#25, MG Road, Bangalore", "25||MG Road|Bangalore||"),
        ("n° 12 rue des Lilas", "12||rue des Lilas|||"),
        ("Calle Mayor No 12, Madrid", "12||Calle Mayor|Madrid||"),
        ("Calle 10 # 5-51, Medellín", "5-51||Calle 10|Medellín||"),
        ("# 5, 12 rue Cartier, Laval", "12|5|rue Cartier|Laval||"),
        ("123 Main St No 5", "123|5|Main St|||"),
        ("Le Manoir #5", "|5|Le Manoir|||"),
        ("Route 132 Est Canada", "||Route 132 Est Canada|||"),
        ("Highway 7 Jordan", "||Highway 7 Jordan|||"),
        ("No Name Road", "||No Name Road|||"),
    ],
)
def test_an_address_line_is_read_into_its_parts(line, parts):
    read = parse(line)
    assert (
        "|".join(
            part or ""
            for part in (read.house_number, read.unit, read.street, read.city, read.region, read.postcode)
        )
        == parts
    )


words = st.text(alphabet=string.ascii_letters + string.digits + "#-.,éè ", min_size=1, max_size=40)


@given(line=words)
def test_no_number_of_an_address_is_lost(line):
    read = parse(line)
    kept = " ".join(
        part
        for part in (read.house_number, read.unit, read.street, read.city, read.region, read.postcode)
        if part
    )
    building = re.split(r",\s*(?=\d)", line)[0] if "," in line else ""
    for number in re.findall(r"\d+", line.removeprefix(building)):
        assert number in re.sub(r"\s", "", kept) or number in kept


@pytest.mark.parametrize(
    ("found", "standard"),
    [
        ("boul. rené-lévesque ouest", "Boulevard René-Lévesque O"),
        ("BD HAUSSMANN", "Boulevard Haussmann"),
        ("av du Parc", "Avenue du Parc"),
        ("ch. de la Côte-Sainte-Catherine", "Chemin de la Côte-Sainte-Catherine"),
        ("rue du Nord", "rue du Nord"),
        ("st clair ave w", "St Clair Avenue W"),
        ("st james st", "St James Street"),
        ("145th st", "145th Street"),
        ("E Main St", "E Main Street"),
        ("Avenue Road", "Avenue Road"),
        ("R Street NW", "R Street NW"),
        ("hoseason street", "Hoseason Street"),
        ("Broadway", "Broadway"),
    ],
)
def test_a_street_has_its_kind_in_full(found, standard):
    assert street_by_hand(found)[0] == standard


@given(found=words)
def test_a_standard_street_is_its_own_standard_form(found):
    once = street_by_hand(found)[0]
    assert once is None or street_by_hand(once)[0] == once


@pytest.mark.parametrize(
    ("found", "standard"),
    [
        ((None, "Québec", "h2x1y4"), ("CA", "QC", "H2X 1Y4")),
        (("Canada", "Ont.", "K1A OB1"), ("CA", "ON", "K1A 0B1")),
        ((None, "NV", "89132"), ("US", "NV", "89132")),
        (("USA", "california", "927230000"), ("US", "CA", "92723-0000")),
        (("US", None, "2138"), ("US", None, "02138")),
        (("France", "Île-de-France", "'75011"), ("FR", "IDF", "75011")),
        ((None, None, "75011"), (None, None, "75011")),
        ((None, "nsw", "2119"), (None, "nsw", "2119")),
        (("Australia", "wa", "4011"), ("AU", "wa", "4011")),
        (("NL", None, "1234AB"), ("NL", None, "1234 AB")),
        (("Unspecified", "Somewhere", "X-99"), ("Unspecified", "Somewhere", "X-99")),
        ((None, "WA", "00000"), (None, "WA", None)),
    ],
)
def test_country_region_and_postal_code_tell_of_each_other(found, standard):
    answer = place(*found, "CA")
    assert (answer[0], answer[2], answer[4]) == standard


def test_five_digits_are_the_shops_own_when_nothing_else_is_told():
    assert place(None, None, "75011", "FR")[0] == "FR"
    assert place(None, None, "89132", "US")[0] == "US"


def test_canadas_hyphen_stands_between_door_and_number(people):
    rows = people(
        [
            {"source_key": "1", "address_line": "4-123 rue Ontario", "postcode": "H2X 1Y4"},
            {"source_key": "2", "address_line": "264-12 Hallmont Dr", "country": "US"},
            {"source_key": "3", "address_line": "12-345 rue Cartier, Montréal"},
        ]
    ).rows.to_pylist()
    assert [(row["unit"], row["house_number"], row["street"]) for row in rows] == [
        ("4", "123", "rue Ontario"),
        (None, "264-12", "Hallmont Drive"),
        ("12", "345", "rue Cartier"),
    ]


def test_parts_that_have_a_column_of_their_own_keep_it(people):
    row = people(
        [{"source_key": "1", "address_line": "123 Main St, Laval QC", "city": "Montréal", "unit": "app. 9"}]
    ).rows.to_pylist()[0]
    assert (row["city"], row["region"], row["unit"], row["address_line"]) == (
        "Montréal",
        "QC",
        "9",
        "123 Main St, Laval QC",
    )
