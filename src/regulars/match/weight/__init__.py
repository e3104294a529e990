"""What agreement is worth.

model     what agreement is worth, in words
weighing  the model as SQL: the weight of each pair                              weighing.sql
scorer    the model as a Python function: the weight of one pair
by_field  what each field of many pairs says by itself
"""
