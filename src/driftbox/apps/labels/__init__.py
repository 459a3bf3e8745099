"""Labels 标签: numbers that no two sheets share, and the sheets to print."""
