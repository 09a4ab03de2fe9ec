"""What people ask about posters, who answers, and who their authors are."""
