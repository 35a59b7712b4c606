"""Where large work is done: cut into pieces, away from the page, at low priority."""
