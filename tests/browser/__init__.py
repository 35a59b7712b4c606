"""Tests that drive the lab in a real browser."""
