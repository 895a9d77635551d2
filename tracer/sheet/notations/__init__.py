"""The notation of a page: profiles read from files, what they name, what a reader is told."""
