"""A single run: its request, the limit on its work, the binary stream that answers it, and the endpoint."""
