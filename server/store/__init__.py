"""All SQL of the office; the transaction is the first argument."""
