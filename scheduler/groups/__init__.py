"""The commands that have commands below them: one file each; cli.py adds them."""
