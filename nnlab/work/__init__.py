"""Large work, done outside the processes that answer pages: split into chunks and run by an executor."""
