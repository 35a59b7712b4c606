"""Data sets: gates, samples drawn at random, and a student's own points, each with rows that train and rows that test."""
