"""All SQL of the laptop, one file per noun."""
