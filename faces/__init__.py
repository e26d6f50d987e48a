"""What the pages of both ends share: look, figures, charts, headers; it knows no noun of either."""
