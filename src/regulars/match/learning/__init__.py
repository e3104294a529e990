"""A model learnt from the shop's own records.

beliefs   what is believed before any record is read                             retail.toml
mixture   one person, a household, one name, strangers: learnt from pairs
training  a model learnt from candidate pairs and from pairs drawn at random     training.sql
answers   what people's answers teach the threshold
small_shops  the model of a shop whose records are too few to teach one
outcome   chances, said as the levels of a model
"""
