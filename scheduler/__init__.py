"""When does what happen? Time, process, command line: the roof."""
