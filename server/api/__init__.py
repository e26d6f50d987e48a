"""The calls of the exchange: parse, call one function, dump."""
