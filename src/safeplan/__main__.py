"""`python -m safeplan` is the command line."""

from safeplan.cli import main

if __name__ == "__main__":
    main()
