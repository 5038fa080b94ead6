"""`python -m calmdesk` is the `calmdesk` command."""

from calmdesk.app.cli import main

if __name__ == "__main__":
    main()
