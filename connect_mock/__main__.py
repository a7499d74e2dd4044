"""`python -m connect_mock` is `connect-mock server`, with the same arguments."""

import sys

from connect_mock.cli import main

if __name__ == "__main__":
    sys.exit(main(["server", *sys.argv[1:]]))
