"""/privacy: what is stored about whoever asks, as a file, and deleted."""
