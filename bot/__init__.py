"""Usher: attendee engagement for academic workshops and conferences, on Discord."""
