"""The decks' pseudo-codes as data: their lines, what each of them makes, what they assume."""
