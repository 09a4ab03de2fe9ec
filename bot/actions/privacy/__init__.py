"""What people decide about what is stored of them, and what is kept no longer."""
