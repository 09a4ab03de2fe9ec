"""What differs between two versions of a programme, and what organizers change on the day."""
