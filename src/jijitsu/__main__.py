"""``python -m jijitsu``."""

from jijitsu.cli import main

if __name__ == "__main__":
    main()
