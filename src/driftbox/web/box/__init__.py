"""The box's label page 漂流箱: hand in without an account."""
