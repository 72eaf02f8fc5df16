"""Exercise checkers: one folder per chapter, one file per exercise; each says what went wrong."""
