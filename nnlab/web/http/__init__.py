"""HTTP for every kind of request: validating bodies, refusing, scheduling, streaming responses, logging them."""
