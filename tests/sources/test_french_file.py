"""The file of a French shop, as its till writes it, needs no mapping."""

from __future__ import annotations

from pathlib import Path

from regulars.settings import ShopSettings
from regulars.sources.meaning.checks import check
from regulars.sources.meaning.columns import propose
from regulars.sources.notation.formats import decide
from regulars.sources.reading.read import read, sample
from regulars.sources.reading.sniff import sniff

TEXT = """No client;Nom;Prénom;Courriel;Téléphone;CP;No commande;Date d'achat;Article;Qté;Montant payé
101;Lafrenière;Hélène;helene@example.com;(514) 555-0123 poste 45;H2X 1Y4;F-1;03/02/2024;Théière;1;1\u00a0234,56
102;Côté;Noël;noel@example.com;450 555-0199;J4K 2T5;F-2;04/02/2024;Tasse
103;Bélanger;Zoé;zoe@example.com;514-555-0177;H3A 0G4;F-3;05/02/2024;Tasse;2;25,00;trop;encore
104;Gagné;Loïc;loic@example.com;514-555-0178;H3A 0G5;F-4;06/02/2024;Bol;1;12,50
"""


def test_a_french_till_file_in_cp1252_is_understood_without_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "ventes.csv").write_bytes(TEXT.encode("cp1252"))
    found = sniff(tmp_path / "ventes.csv")
    rows = sample(found)
    mapping = propose(found, rows, ShopSettings()).mapping
    formats = decide(rows, mapping, ShopSettings(), found)
    (chunk,) = read(found)
    assert (found.encoding, found.delimiter) == ("cp1252", ";")
    assert mapping.kind == "orders"
    assert chunk.rows["Nom"].to_pylist() == ["Lafrenière", "Côté", "Gagné"]
    assert chunk.rows["Téléphone"].to_pylist()[0] == "(514) 555-0123 poste 45"
    assert [row.line for row in chunk.broken] == [4]
    assert formats["Montant payé"].decimal_separator == ","
    assert formats["Date d'achat"].date_formats == ("%d/%m/%Y",)
    assert not formats["Date d'achat"].ambiguous
    assert check(rows, mapping, found) == ()
