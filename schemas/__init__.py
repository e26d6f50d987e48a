"""The words and rules that both ends need; pure."""
