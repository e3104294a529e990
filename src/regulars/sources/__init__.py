"""Files -> raw rows as found, and what their columns mean. The first room.

    files        which files are meant
    encodings    bytes -> text: the encoding is decided here, before anything is parsed
    sniff        one file -> Found: its format, encoding, delimiter and header
    read         Found -> chunks of text cells, and the broken rows beside them
    fingerprint  a header as one short word, to know it again
    exports      the known exports, one TOML file each in `catalogue/`
    lexicon      header words in English and French -> the fields they may mean
    shapes       what the values of a column look like
    columns      Found and a sample -> a proposed mapping, with its reasons
    formats      decimal and date formats, one decision a column, with evidence
    checks       the columns that stop an import
    reads/writes the tables `imports` and `source_mappings`

To add a known export, copy one file of `catalogue/` and change it.
"""
