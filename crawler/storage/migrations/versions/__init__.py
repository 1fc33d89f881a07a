"""Which revisions are there? One file each, oldest first."""
