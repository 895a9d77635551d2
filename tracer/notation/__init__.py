"""How quantities and numbers look; it knows quantities, and nothing of how they are derived."""
