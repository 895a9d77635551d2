"""What stands on a page, without markup: conventions, givens, steps told line by line."""
