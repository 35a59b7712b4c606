"""Thousands of networks trained together, and what is asked of them: many starts, the map of what trains, the landscape."""
