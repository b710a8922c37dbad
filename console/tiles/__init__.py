"""What a tile of a wall shows besides a camera: one file a kind, large enough to read."""
