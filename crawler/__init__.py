"""What does the world say? From a Source to a Deal."""
