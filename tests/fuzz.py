"""`python -m tests.fuzz 20000`: as many spoiled files of each mutator as told, each to its figures or its problems."""

from tests.intake.fuzz import main

if __name__ == "__main__":
    main()
