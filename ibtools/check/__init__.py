"""Exercise checkers, one module per chapter: each says what is right or what went wrong."""
