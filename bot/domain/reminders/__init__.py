"""What is said unasked, and when: a pure function of the programme."""
