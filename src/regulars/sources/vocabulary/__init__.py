"""The words that headers are made of, in English and French, and a header as one short word."""
