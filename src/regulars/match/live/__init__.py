"""Who a new record is, in a moment: placed among all others without reading them all.

cards          a card made in Python, as `cards.sql` makes it
index          every card and its keys, in files that are looked up                index.sql
known          everybody known: the index, and who came or changed since
neighbourhood  the links among a few cards
tables         what the store knows of a few records                               tables.sql
groups         the groups of a few records, by every reason to join them
joining        new and changed records find their person
since          what changed since the last full run                                since.sql
"""
