"""The words of messages, one file a language. Each has the whole table in `WORDS`."""
