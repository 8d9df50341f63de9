"""What is wrong with the rows, or cannot be: consistency, names, plausibility."""
