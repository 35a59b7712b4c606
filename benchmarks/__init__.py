"""Measurements of speed, size and memory: the source of every figure in the README. ``make bench`` prints them all."""
