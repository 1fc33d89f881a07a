"""What does the owner want? The ground floor: files people write, and their types."""
