"""The pages of the office: parse, call one function, render."""
