"""What does `python -m scheduler` do? The same as `rasid`."""

from scheduler.cli import main

main()
