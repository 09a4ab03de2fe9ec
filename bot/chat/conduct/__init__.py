"""What people report to the conduct committee, and what becomes of it."""
