"""The exchange between laptop and office, both halves side by side."""
