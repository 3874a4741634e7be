"""The terminal UI on the database named: what `rollertrack --database PATH` runs."""

import sys

from rollertrack.cli.main import main

sys.exit(main(["--database", *sys.argv[1:]]))
