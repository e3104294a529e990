"""Names of the town's people: common given names by tongue, gender and era, and family names by tongue.

The lists hold names that anybody hears in Québec, France and English Canada, in falling order of how common they
are; ranks are drawn by Zipf's law, so namesakes exist as they do in a real town. Rare family names are put together
from the two halves that many real ones are made of (Beau-champ, Ash-ford).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow as pa

Tongue = Literal["qc", "fr", "en"]
TONGUES: tuple[Tongue, ...] = ("qc", "fr", "en")
ERAS = (1962, 1988)  #: birth years that part the three lists of given names

_MEN: dict[Tongue, tuple[str, str, str]] = {
    "qc": (
        "Michel Pierre Jean André Claude Jacques Robert Yvon Gilles Denis Roger Marcel Réjean Normand Gérard Guy "
        "Serge Raymond Daniel Luc Paul Richard Yves Benoît Ghislain Jean-Claude Jean-Guy Laurent Fernand Rosaire "
        "Jean-Paul Roland Maurice Léo Henri Rolland Conrad Gaétan Lucien Émile",
        "Martin Stéphane Éric Daniel François Patrick Sylvain Marc Alain Luc Mario Benoît Christian Yves Steve "
        "Simon Sébastien Dominic Jean-François Frédéric Mathieu Pascal Nicolas Philippe Jonathan David Hugo Carl "
        "Jocelyn Bruno Guillaume Jean-Sébastien Dany Marc-André Vincent Louis Charles Étienne Rémi Jérôme",
        "Alexandre Maxime Samuel Gabriel William Olivier Félix Antoine Thomas Xavier Nicolas Raphaël Mathis Jérémy "
        "Zachary Nathan Vincent Simon Émile Louis Jacob Étienne Charles Tristan Philippe Kevin Mathieu Francis "
        "Dylan Anthony Marc-Antoine Charles-Étienne Hugo Alexis Cédric Loïc Édouard Arnaud Jules Noah",
    ),
    "fr": (
        "Jean Michel Pierre André Bernard Jacques Claude Daniel Gérard Alain Roger René Robert Marcel Christian "
        "Jean-Pierre Guy Henri Serge Gilbert Maurice Georges Raymond Lucien Roland Yves Francis Hubert Noël",
        "Philippe Christophe Laurent Thierry Frédéric Stéphane Éric Pascal Olivier Nicolas Sébastien David Bruno "
        "Vincent Jérôme Franck Arnaud Fabrice Didier Cédric Julien Guillaume Ludovic Emmanuel Yann Grégory Xavier "
        "Benoît Hervé Gilles",
        "Thomas Lucas Hugo Alexandre Antoine Maxime Quentin Romain Kévin Clément Théo Nathan Enzo Louis Paul Adrien "
        "Baptiste Valentin Léo Raphaël Arthur Jules Gabriel Mathis Corentin Dylan Florian Simon Martin Rayan",
    ),
    "en": (
        "Robert John William James David Richard Donald George Ronald Thomas Kenneth Peter Douglas Gordon Brian "
        "Michael Gary Larry Wayne Bruce Allan Ralph Raymond Edward Stanley Harold Walter Arthur Frank Norman "
        "Leonard Barry Roger Gerald Henry Charles Joseph Ross Murray Keith",
        "Michael David Robert John James Mark Steven Kevin Paul Christopher Scott Jeffrey Brian Andrew Jason Daniel "
        "Richard Stephen Peter Matthew Darren Greg Craig Sean Ryan Trevor Ian Todd Eric Anthony Timothy Patrick "
        "Bradley Shawn Derek Graham Neil Philip Adam Colin",
        "Matthew Ryan Michael Joshua Tyler Alexander Nicholas Andrew Daniel Jacob Ethan Liam Nathan Benjamin Connor "
        "Jordan Kyle Cody Brandon Noah Logan Lucas Owen Evan Dylan Justin Samuel Thomas Cameron Aidan Jack Mason "
        "William James Zachary Austin Oliver Henry Max Eli",
    ),
}
_WOMEN: dict[Tongue, tuple[str, str, str]] = {
    "qc": (
        "Louise Denise Monique Lise Nicole Diane Jeannine Suzanne Michèle Pierrette Francine Thérèse Ginette Claudette "
        "Jocelyne Huguette Carole Hélène Céline Yolande Micheline Lucie Danielle Colette Gisèle Marie-Paule Rita "
        "Rolande Solange Raymonde Jacqueline Françoise Lorraine Murielle Aline Marielle Fernande Gaétane Ghislaine",
        "Nathalie Sylvie Isabelle Julie Chantal Annie Josée Manon Caroline Line Guylaine Martine Lucie Brigitte "
        "Marie-Claude Geneviève Mélanie Stéphanie Véronique Valérie Karine Nancy Sonia Linda Johanne Patricia Sophie "
        "Catherine France Hélène Marie-Josée Anne-Marie Dominique Renée Christine Mireille Maryse Pascale Andrée",
        "Camille Audrey Jessica Catherine Laurence Ariane Gabrielle Marie-Ève Sarah Léa Rosalie Noémie Jade Florence "
        "Megan Juliette Alice Émilie Vanessa Roxanne Maude Anne-Sophie Charlotte Coralie Maïka Océane Béatrice "
        "Laurie Marianne Élodie Joanie Frédérique Alexandra Amélie Zoé Mégane Daphnée Cassandra Éloïse Andréanne",
    ),
    "fr": (
        "Marie Monique Françoise Jacqueline Jeanne Nicole Denise Christiane Michèle Annie Danielle Brigitte Colette "
        "Simone Madeleine Yvette Paulette Thérèse Odette Ginette Geneviève Suzanne Andrée Josette Bernadette "
        "Marie-Thérèse Solange Éliane Arlette Huguette",
        "Nathalie Isabelle Sylvie Catherine Valérie Sandrine Christelle Véronique Stéphanie Céline Sophie Virginie "
        "Laurence Karine Corinne Delphine Aurélie Anne Florence Carole Pascale Magali Laetitia Séverine Hélène "
        "Agnès Béatrice Muriel Claire Élise",
        "Léa Camille Manon Chloé Emma Marie Pauline Laura Océane Sarah Mathilde Julie Inès Clara Lucie Marine Anaïs "
        "Justine Morgane Margaux Juliette Louise Alice Lola Jade Eva Romane Charlotte Élodie Maëlys",
    ),
    "en": (
        "Margaret Mary Barbara Patricia Elizabeth Carol Linda Judith Shirley Joan Dorothy Helen Marilyn Beverley Susan "
        "Ruth Donna Doris Betty Nancy Joyce Marion Sandra Gail Sharon Diane Heather Lois Janet Audrey Phyllis Irene "
        "Jean Kathleen Evelyn Gloria Maureen Norma June Edith",
        "Jennifer Lisa Karen Michelle Susan Kimberly Christine Deborah Laura Tracy Heather Angela Cheryl Nicole Julie "
        "Tammy Andrea Stephanie Melissa Amanda Sarah Sandra Wendy Catherine Patricia Lori Pamela Cynthia Rebecca "
        "Amy Kelly Tanya Shannon Cathy Dawn Jacqueline Erin Allison Rachel Elizabeth",
        "Emily Jessica Sarah Ashley Samantha Emma Olivia Hannah Rachel Megan Taylor Victoria Abigail Madison Alexandra "
        "Chloe Julia Sophie Grace Lauren Katherine Nicole Amanda Brianna Charlotte Ava Isabella Zoe Natalie Mackenzie "
        "Paige Amelia Claire Lily Ella Courtney Danielle Vanessa Maya Stephanie",
    ),
}
_FAMILIES: dict[Tongue, str] = {
    "qc": "Tremblay Gagnon Roy Côté Bouchard Gauthier Morin Lavoie Fortin Gagné Ouellet Pelletier Bélanger Lévesque "
    "Bergeron Leblanc Paquette Girard Simard Boucher Caron Beaulieu Cloutier Dubé Poirier Fournier Lapointe Leclerc "
    "Lefebvre Poulin Thibault St-Pierre Nadeau Martin Landry Martel Bédard Grenier Lessard Bernier Richard Michaud "
    "Hébert Desjardins Couture Turcotte Lachance Parent Blais Gosselin Savard Proulx Beaudoin Demers Perreault "
    "Boudreau Lemieux Cyr Perron Dufour Dion Mercier Bolduc Bérubé Boisvert Langlois Ménard Therrien Plante Bilodeau "
    "Blanchette Dubois Champagne Paradis Fortier Arsenault Dupuis Gaudreault Hamel Houle Villeneuve Rousseau Gravel "
    "Thériault Lemay Robert Allard Deschênes Giroux Guay Leduc Boivin Charbonneau Lambert Raymond Vachon Gilbert "
    "Audet Jean Larouche Legault Trudel Fontaine Picard Labelle Lacroix Jacques Moreau Carrier Bernard Desrosiers "
    "Goulet Renaud Dionne Lapierre Vaillancourt Fillion Lalonde Tessier Bertrand Tardif Lepage Gingras Benoît Rioux "
    "Giguère Drouin Harvey Lauzon Nguyen Gendron Boutin Laflamme Vallée Dumont Breton Paré Paquin Robitaille Gélinas "
    "Duchesne Lussier Séguin Veilleux Potvin Gervais Pépin Laroche Morissette Charron Lavallée Laplante Chabot "
    "Brunet Vézina Desrochers Labrecque Coulombe Tanguay Chouinard Noël Pouliot Lacasse Daigle Marcoux Lamontagne "
    "Turgeon Larocque Roberge Auger Masson Pilon Racine Dallaire Émond Grégoire Beauregard Smith Denis Lebel "
    "Blouin Haddad Diallo Benali Pierre-Louis Lafrenière Saint-Onge L'Heureux D'Amours",
    "fr": "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux "
    "David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure "
    "André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément "
    "Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer "
    "Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Benali",
    "en": "Smith Brown Wilson Campbell Stewart Thompson Anderson Macdonald Johnson Taylor Jones White Williams Miller "
    "Scott Reid Ross Fraser Clark Murray Young Mitchell Robinson Moore Walker Watson King Graham Hamilton Wright "
    "Kennedy Kelly Martin Murphy Hall Morrison Robertson Johnston Mackenzie McDonald Wood Grant Singh Patel Wong Lee "
    "Nguyen Davis Hughes Green Baker Bell Bennett Black Burke Burns Cameron Carter Chan Chapman Collins Cook Cooper "
    "Cox Craig Crawford Cunningham Davidson Dawson Dixon Douglas Duncan Edwards Elliott Ellis Evans Ferguson Fisher "
    "Fleming Foster Gibson Gill Gordon Gray Griffin Harris Harrison Hart Henderson Hill Holmes Howard Hunt Hunter "
    "Jackson James Jenkins Kaur Khan Kim Lawrence Lewis Lynch MacLeod Marshall Mason McCarthy McKay McLean Mills "
    "Morgan Morris Murdoch Nelson O'Brien O'Connor O'Neill Palmer Parker Patterson Perry Phillips Porter Powell "
    "Price Quinn Reynolds Richardson Roberts Rogers Russell Ryan Shaw Simpson Sinclair Sullivan Sutherland Thomas "
    "Turner Wallace Ward Webb Wells West Woods Cohen Levine Goldberg Rossi Ferrari Papadopoulos Kowalski Schmidt",
}
_RARE: dict[Tongue, tuple[str, str]] = {
    "qc": (
        "Beau Mont Bel La Des Du Bois Saint- Le Ville Grand Haut Char Bon Lan Mar Val Per Gau Ber",
        "champ lieu fort rivage tour mont ville mare montagne branche vigne rose pré neuve lais court bec "
        "clair main tin ron lette guay geron zier thier",
    ),
    "fr": (
        "Beau Mont Bel La Des Du Bois Le Ville Grand Haut Char Bon Lan Mar Val Per Gau Ber Chau Rou",
        "champ lieu fort rivage tour mont ville mare bert branche vigne court clair main tin ron seau guet "
        "lard melle quin vin",
    ),
    "en": (
        "Ash Brad Whit Har Win Hol Lang Pem Stan Kings Black Green West Brook Thorn Hart Wood Red Old Ever Col Farn",
        "ley ton ford wood well man field worth brook ham shaw dale burn more land bury den gate hurst stone",
    ),
}
RARE_SHARE = 0.45  #: of people bear a put-together family name
JUNIORS: dict[Tongue, str] = {"qc": "fils", "fr": "fils", "en": "Jr"}

#: Short forms that people give instead of the name in their papers.
NICKNAMES: dict[str, tuple[str, ...]] = {
    "Robert": ("Bob", "Rob", "Bobby"), "William": ("Bill", "Will", "Billy"), "Richard": ("Rick", "Dick"),
    "James": ("Jim", "Jimmy"), "John": ("Jack", "Johnny"), "Michael": ("Mike", "Mick"), "David": ("Dave",),
    "Thomas": ("Tom", "Tommy"), "Kenneth": ("Ken",), "Christopher": ("Chris",), "Matthew": ("Matt",),
    "Joshua": ("Josh",), "Alexander": ("Alex", "Sandy"), "Nicholas": ("Nick",), "Andrew": ("Andy", "Drew"),
    "Daniel": ("Dan", "Danny"), "Jacob": ("Jake",), "Benjamin": ("Ben",), "Samuel": ("Sam",), "Steven": ("Steve",),
    "Stephen": ("Steve",), "Jeffrey": ("Jeff",), "Gregory": ("Greg",), "Timothy": ("Tim",), "Anthony": ("Tony",),
    "Peter": ("Pete",), "Edward": ("Ed", "Ted"), "Charles": ("Charlie", "Chuck"), "Joseph": ("Joe",),
    "Ronald": ("Ron",), "Donald": ("Don",), "Douglas": ("Doug",), "Patrick": ("Pat",), "Zachary": ("Zack",),
    "Margaret": ("Peggy", "Maggie"), "Elizabeth": ("Liz", "Betty", "Beth"), "Patricia": ("Pat", "Patty"),
    "Barbara": ("Barb",), "Susan": ("Sue",), "Judith": ("Judy",), "Jennifer": ("Jen", "Jenny"),
    "Kimberly": ("Kim",), "Deborah": ("Deb", "Debbie"), "Christine": ("Chris", "Chrissy"), "Cynthia": ("Cindy",),
    "Rebecca": ("Becky",), "Catherine": ("Cathy", "Kate"), "Katherine": ("Katie", "Kate"), "Samantha": ("Sam",),
    "Jessica": ("Jess",), "Stephanie": ("Steph",), "Victoria": ("Vicky",), "Abigail": ("Abby",), "Amanda": ("Mandy",),
    "Alexandra": ("Alex", "Sandra"), "Alexandre": ("Alex",), "Maxime": ("Max",), "Nicolas": ("Nic",),
    "Jean-François": ("Jeff", "J-F"), "Jean-Sébastien": ("J-S",), "Marc-André": ("Marc",), "Jean-Claude": ("Jean",),
    "Jean-Pierre": ("Jean", "J-P"), "Sébastien": ("Seb",), "Frédéric": ("Fred",), "Frédérique": ("Fred",),
    "Philippe": ("Phil",), "Guillaume": ("Guy",), "Jonathan": ("Jon",), "Raphaël": ("Raph",), "Gabriel": ("Gab",),
    "Gabrielle": ("Gab", "Gaby"), "Mathieu": ("Mat",), "Félix": ("Fé",), "Catherine-Anne": ("Cat",),
    "Marie-Claude": ("Marie", "M-C"), "Marie-Josée": ("Marie", "Josée"), "Marie-Ève": ("Marie", "Ève"),
    "Anne-Sophie": ("Anne", "Sophie"), "Anne-Marie": ("Anne",), "Geneviève": ("Gen", "Ginou"), "Stéphanie": ("Steph",),
    "Véronique": ("Véro",), "Isabelle": ("Isa",), "Nathalie": ("Nat",), "Mélanie": ("Mel",), "Valérie": ("Val",),
    "Caroline": ("Caro",), "Dominique": ("Dom",), "Émilie": ("Émi",), "Jacqueline": ("Jackie",), "Suzanne": ("Suzie",),
}  # fmt: skip
#: What people write who would rather not say (as in NORC's list of names considered fake).
FAKE_GIVEN = ("Client", "Madame", "Monsieur", "Test", "Customer", "Guest", "Ms", "Inconnu", "X", "Bébé")
FAKE_FAMILY = (
    "Comptant",
    "Test",
    "Unknown",
    "Inconnu",
    "Customer",
    "Divers",
    "Anonyme",
    "X",
    "Cash",
    "Client",
)


def given_names(
    tongue: np.ndarray, woman: np.ndarray, year: np.ndarray, rng: np.random.Generator
) -> pa.Array:
    """A given name a person, fit for tongue (index of TONGUES), gender and year of birth."""
    lists = [tuple(names.split()) for t in TONGUES for by in (_MEN, _WOMEN) for names in by[t]]
    era = np.searchsorted(ERAS, year, side="right")
    return _drawn(lists, (tongue * 2 + woman) * 3 + era, rng)


def family_names(tongue: np.ndarray, rng: np.random.Generator) -> pa.Array:
    """A family name a household or a person, fit for tongue (index of TONGUES)."""
    common = [tuple(_FAMILIES[t].split()) for t in TONGUES]
    rare = [tuple(a + b for a in _RARE[t][0].split() for b in _RARE[t][1].split()) for t in TONGUES]
    return _drawn(common + rare, tongue + 3 * (rng.random(len(tongue)) < RARE_SHARE), rng)


def _drawn(lists: list[tuple[str, ...]], which: np.ndarray, rng: np.random.Generator) -> pa.Array:
    """From the list numbered `which`, an entry by Zipf's law: rank r with weight 1 / (r + 3)."""
    starts = np.cumsum([0, *(len(names) for names in lists)])
    chance = rng.random(len(which))
    index = np.zeros(len(which), dtype=np.int64)
    for number, names in enumerate(lists):
        here = which == number
        weights = np.cumsum(1 / (np.arange(len(names)) + 3.0))
        index[here] = starts[number] + np.searchsorted(weights / weights[-1], chance[here], side="right")
    return pa.array([name for names in lists for name in names]).take(pa.array(index))
