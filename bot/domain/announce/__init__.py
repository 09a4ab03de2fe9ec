"""What organizers say to everybody: announcements, whom they are for, and when they go out."""
