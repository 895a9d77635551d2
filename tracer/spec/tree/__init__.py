"""From a file to a tree: YAML with the place of everything in it, records and their forms."""
