"""What comes in is checked here, and what goes out is watched, whatever it is about."""
