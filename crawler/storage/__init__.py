"""Where is everything kept? One SQLite file, one writer, short transactions."""
