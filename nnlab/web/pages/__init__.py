"""The pages as Dash components, and the JSON endpoints that serve them alone."""
