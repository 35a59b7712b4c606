"""Where every figure in the README comes from; ``make bench`` prints them all."""
