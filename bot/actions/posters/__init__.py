"""What happens around posters: somebody asks, votes, answers."""
