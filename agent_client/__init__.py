"""The laptop: captures offline, sends when the line is back."""
