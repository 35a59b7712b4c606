"""What trains and what tests: gates, drawn samples, and a student's own points."""
