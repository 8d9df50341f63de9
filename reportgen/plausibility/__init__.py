"""What is possible but odd in what the inputs imply: costs, amounts and moves that the model's lines show."""
