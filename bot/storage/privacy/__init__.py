"""Every table that holds something of a person: what it is, how it is handed over, and how it is forgotten."""
