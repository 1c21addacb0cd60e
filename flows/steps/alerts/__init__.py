"""What needs a person, and how the operator, and nobody else, hears of it."""
