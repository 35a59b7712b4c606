"""One run is one request: checked at the border, priced, given its turns, streamed."""
