"""`python -m tests.fuzz 20000`: as many spoiled workbooks as told, each to its figures, its pack or its problems."""

from tests.intake.fuzz import main

if __name__ == "__main__":
    main()
