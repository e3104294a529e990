"""Raw rows become standard facts, and rejects with a reason. One kind of value, one file.

    writes        facts are stored, taken back, and emptied when their time has come
    quality       how good the data is; one: a single record, while somebody types it
    rates         rates of exchange, which are things with a day
    people, orders, events, things: a file of each kind
    address       where somebody lives
    person        names, e-mails, phones and what else is told of somebody; order: what is special about orders
    row           a row as found, and what its cells can hold

Each line imports only from lines below it.
"""
