"""What does each command do? One function per command; cli.py only parses."""
