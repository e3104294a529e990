"""What agreement is worth.

model     what agreement is worth, in words
weighing  the model as SQL: the weight of each pair                              weighing.sql
worth     a model's chances in bits
scorer    the model as a Python function: the weight of one pair
ceiling   what two cards can weigh at most, told by a few of their columns
by_field  what each field of many pairs says by itself
"""
