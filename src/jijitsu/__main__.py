"""``python -m jijitsu``."""

from jijitsu.cli import main

main()
