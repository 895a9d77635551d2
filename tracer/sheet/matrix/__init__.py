"""A trace told layer by layer, as matrices: blocks of data that any renderer can print."""
