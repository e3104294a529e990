"""What people type in Québec, France and English Canada: names, addresses, telephones, e-mail addresses."""

from __future__ import annotations

import pytest

from regulars.clean.one import clean_one
from regulars.settings import Settings

NAMES = {
    "Mme Marie-Ève de la Fontaine-Côté": "Mme|Marie-Ève||de la Fontaine-Côté|",
    "MARIE-ÈVE DE LA FONTAINE-CÔTÉ": "|Marie-Ève||de la Fontaine-Côté|",
    "TREMBLAY, Jean-François": "|Jean-François||Tremblay|",
    "TREMBLAY Jean": "|Jean||Tremblay|",
    "M. Jean-Pierre Saint-Onge": "M.|Jean-Pierre||Saint-Onge|",
    "Dr. Anne O'Brien": "Dr|Anne||O'Brien|",
    "DE LA DURANTAYE, Marie": "|Marie||de la Durantaye|",
    "de Grandpré, Louis": "|Louis||de Grandpré|",
    "Ludwig von Beethoven": "|Ludwig||von Beethoven|",
    "Mr. John Q. Public Jr.": "Mr|John|Q.|Public|Jr",
    "SMITH Jr, Robert E.": "|Robert|E.|Smith|Jr",
    "Mlle Zoé St-Pierre": "Mlle|Zoé||St-Pierre|",
    "ROY-CÔTÉ, MARIE ÈVE": "|Marie|Ève|Roy-Côté|",
    "d'Amours, Anne-Marie": "|Anne-Marie||d'Amours|",
    "Hélène L'Heureux": "|Hélène||L'Heureux|",
    "Prof. Dr. Hans Müller": "Prof.|Hans||Müller|",
    "Monsieur le docteur Paul Roy": "M.|Paul||Roy|",
    "Me Lise Roy, notaire": "Me|Lise||Roy|",
    "M. et Mme Roy": "M. et Mme|||Roy|",
    "Madame Tremblay": "Mme|||Tremblay|",
    "Mx Alex Roy": "Mx|Alex||Roy|",
    "Sœur Marie Lavoie": "Sœur|Marie||Lavoie|",
    "J.-F. Gagnon": "|J.-F.||Gagnon|",
    "Peter van der Berg": "|Peter||van der Berg|",
    "Fatima El Hachemi": "|Fatima||El Hachemi|",
    "Marie (Mimi) Gagnon": "|Marie||Gagnon|",
    "Jean-François Tremblay fils": "|Jean-François||Tremblay|Jr",
    "Restaurant Chez Paul inc.": "||||",
}
ADDRESSES = {
    "123 rue Principale app. 4, Rimouski QC G5L 1A1": "123|4|rue Principale|Rimouski|QC|G5L 1A1|CA",
    "4-123 rue Saint-Denis, Montréal (Québec) H2X 1Y4": "123|4|rue Saint-Denis|Montréal|QC|H2X 1Y4|CA",
    "1, boul. René-Lévesque Ouest, bureau 2, Laval, QC, H2Z 1A4": "1|2|Boulevard René-Lévesque O|Laval|QC|H2Z 1A4|CA",
    "85, boul. Henri-IV, Québec (Québec) G1G 5X1 Canada": "85||Boulevard Henri-IV|Québec|QC|G1G 5X1|CA",
    "123 rue St-Jacques #405, Montréal, QC H2Y 1L6, Canada": "123|405|rue St-Jacques|Montréal|QC|H2Y 1L6|CA",
    "1500 1re Avenue, Québec QC G1L 3M2": "1500||1re Avenue|Québec|QC|G1L 3M2|CA",
    "1200 route 132 Est, Rimouski, Québec, G5L 1A1": "1200||route 132 E|Rimouski|QC|G5L 1A1|CA",
    "1 place Ville-Marie, bureau 3000, Montréal QC H3B 4W8": "1|3000|place Ville-Marie|Montréal|QC|H3B 4W8|CA",
    "123-B rue Laurier, Gatineau QC J8X 3W9": "123-B||rue Laurier|Gatineau|QC|J8X 3W9|CA",
    "B-12 rue Laurier, Gatineau": "12|B|rue Laurier|Gatineau|||",
    "123 rue Principale 2e étage, Rimouski QC": "123|2|rue Principale|Rimouski|QC||",
    "RR 2, Barrie ON L4M 4S4": "||RR 2|Barrie|ON|L4M 4S4|CA",
    "PO Box 123, Halifax NS B3J 2M4": "||PO Box 123|Halifax|NS|B3J 2M4|CA",
    "#5-123 King St E Toronto ON M5C1G6": "123|5|King Street E|Toronto|ON|M5C 1G6|CA",
    "Apt 5, 123 King St E, Toronto, ON M5C 1G6": "123|5|King Street E|Toronto|ON|M5C 1G6|CA",
    "1015 Wilson ave apt 204 Montreal qc h4a 1b9": "1015|204|Wilson Avenue|Montreal|QC|H4A 1B9|CA",
    "1600 Pennsylvania Ave NW, Washington, DC 20500": "1600||Pennsylvania Avenue NW|Washington|DC|20500|US",
    "350 5th Ave Fl 33 New York NY 10118": "350|33|5th Avenue|New York|NY|10118|US",
    "123 1/2 Elm St, Boston MA 02108": "123 1/2||Elm Street|Boston|MA|02108|US",
    "12 bis rue de la Paix, 75002 Paris": "12 bis||rue de la Paix|Paris||75002|",
    "8 impasse des Lilas 69003 Lyon": "8||impasse des Lilas|Lyon||69003|",
}
PHONES = {
    "(514) 555-0123 poste 45": "+15145550123;ext=45",
    "514.555.0123 x45": "+15145550123;ext=45",
    "514 555-0123 p. 12": "+15145550123;ext=12",
    "514-555-0123 #7": "+15145550123;ext=7",
    "5145550123 EXT45": "+15145550123;ext=45",
    "Tél. 514 555-0123": "+15145550123",
    "514-555-0123 (cell)": "+15145550123",
    "514 555 0123 / 514 555 9999": "+15145550123",
    "514-555-0123 ou 418-555-0199": "+15145550123",
    "+33 (0)6 12 34 56 78": "+33612345678",
    "06.12.34.56.78": "+33612345678",
    "1-866-GET-HELP": "+18664384357",
    "555-0123": None,
    "poste 45": None,
}
EMAILS = {  # what is kept, and what was probably meant
    "jf@gmial.com": ("jf@gmial.com", "jf@gmail.com"),
    "a@hotmail.cmo": ("a@hotmail.cmo", "a@hotmail.com"),
    "a@vidéotron.ca": ("a@vidéotron.ca", "a@videotron.ca"),
    "a@gmail.ca": ("a@gmail.ca", "a@gmail.com"),
    "a@gmail,com": (None, "a@gmail.com"),
    "a@gmail..com": (None, "a@gmail.com"),
    "a@@gmail.com": (None, "a@gmail.com"),
    "a@hotmail": (None, "a@hotmail.com"),
    "a@gmailcom": (None, "a@gmail.com"),
    "a gmail.com": (None, "a@gmail.com"),
    "Jean Roy <jean@gmail.com>": ("jean@gmail.com", None),
    "jean@gmail.com; jean@hotmail.com": ("jean@gmail.com", None),
    "a@cogeco.ca": ("a@cogeco.ca", None),
    "a@bell.ca": ("a@bell.ca", None),
    "a@free.com": ("a@free.com", None),
    "anna roy": (None, None),
}


def _cleaned(field, text):
    return clean_one({field: text}, Settings(), now_us=1_800_000_000_000_000)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_falls_into_its_parts(name):
    parts = ("name_prefix", "given_name", "middle_name", "family_name", "name_suffix")
    assert "|".join(_cleaned("name", name).values.get(part, "") for part in parts) == NAMES[name]


@pytest.mark.parametrize("line", ADDRESSES)
def test_an_address_falls_into_its_parts(line):
    parts = ("house_number", "unit", "street", "city", "region", "postcode", "country")
    assert "|".join(_cleaned("address", line).values.get(part, "") for part in parts) == ADDRESSES[line]


@pytest.mark.parametrize("phone", PHONES)
def test_a_telephone_keeps_its_extension(phone):
    assert _cleaned("phone", phone).values.get("phone") == PHONES[phone]


@pytest.mark.parametrize("email", EMAILS)
def test_what_was_meant_is_suggested_and_what_was_said_is_kept(email):
    made = _cleaned("email", email)
    assert (made.values.get("email"), made.suggestions.get("email")) == EMAILS[email]
