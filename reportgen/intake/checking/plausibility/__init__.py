"""What is possible but odd, by subject: single rows, amounts, history."""
