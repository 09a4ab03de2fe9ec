"""What is stored about people: for how long, and in which words they are told."""
