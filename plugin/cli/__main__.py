"""`python -m plugin.cli` is `digitalnetzwerk`."""

from plugin.cli.main import main

if __name__ == "__main__":
    main()
