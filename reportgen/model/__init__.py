"""The model: blocks of lines, the graph that orders them, and the solution that holds every figure."""
