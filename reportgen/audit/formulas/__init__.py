"""What a formula says: its pieces, the same formula wherever it stands, and the blocks that formulas make."""
