"""A whole contact centre in virtual time: the functions, memory stores, the simulated carrier, people on both ends."""
