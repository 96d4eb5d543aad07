"""`python -m walkdown_server`: the `walkdown` command, for where the console script is not on the path."""

from walkdown_server.cli import main

main()
