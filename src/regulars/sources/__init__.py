"""Files -> raw rows as found, and what their columns mean. The first room.

    reading       bytes -> rows
      files         which files are meant
      sniff         one file -> Found: its format, encoding, delimiter and header
      encodings     bytes -> text: decided here, over the whole file, before anything is parsed
      delimited     lines -> cells; headers: where the header stands
      json_lines, sheets, parquet: the other formats; cells: typed values as text
      read          Found -> chunks of text cells with the broken rows beside them, and a sample
      runs          chunks that hold whole orders
    meaning       rows -> what the columns are
      columns       Found and a sample -> a proposed mapping, with its reasons
      exports       the known exports, one TOML file each in `catalogue/`
      guesses       a column's meaning from its name (lexicon) and its values (shapes)
      kinds         which kind of file it is; order_rows: what is the order's and what the line's
      checks        the columns that stop an import
    notation      rows -> how their values are written
      shapes        what values look like; zones: Rails's time zones
      formats       how numbers and dates are written, one decision a column, with evidence
    vocabulary    the words of headers
      lexicon       a header's words -> the fields they may mean
      fingerprint   a header as one short word, to know it again
    found         the nouns of this room
    reads, writes the tables `imports` and `source_mappings`

To add a known export, copy one file of `catalogue/` and change it.
"""
