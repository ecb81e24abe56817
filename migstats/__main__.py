"""`python -m migstats`."""

from migstats.cli import main

main()
