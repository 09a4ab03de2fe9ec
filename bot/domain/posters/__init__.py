"""Posters and what people ask about them: the values and their rules."""
