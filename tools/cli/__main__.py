"""`python -m tools.cli`, where the `ganger` script would take another tree's modules."""

import sys

from tools.cli import main

sys.exit(main())
