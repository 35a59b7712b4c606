"""Plotly figures from finished arrays: no metric is computed here, and no sentence written."""
