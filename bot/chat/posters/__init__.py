"""Posters in their threads: what people press and type there."""
