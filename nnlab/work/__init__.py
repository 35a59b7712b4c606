"""Where large work is done: cut into chunks, away from the page, at low priority."""
