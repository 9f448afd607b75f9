"""How much support a customer may get, as a region sets it (local policy; Illinois workNet, Dollar Value).

`policy` says what counts and what is left; `models` holds the limits, which an administrator keeps; `spending` reads
what a customer gets and refuses what goes over a limit that stops; `left` is what people are told of it.
"""
