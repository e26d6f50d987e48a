"""The agent's pages: each parses, calls one function, renders. One file per noun."""
