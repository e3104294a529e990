"""Who a new record is, in a moment: matched against all others without reading them all.

cards     a card made in Python, as `cards.sql` makes it
index     every card and its keys, in files that are looked up                   index.sql
"""
