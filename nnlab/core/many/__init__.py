"""Thousands of networks trained together: many starts, the map of what trains, the landscape of the cost."""
