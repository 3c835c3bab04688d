"""The pages on which the public brings a petition and follows it."""
