"""The rules: each a small function over what was read that gives the breaches it finds."""
