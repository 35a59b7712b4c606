"""Many networks at once: random starts, the map of what trains, the landscape of the cost; each with request and stream."""
