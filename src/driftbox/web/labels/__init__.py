"""Labels 标签: what stands behind a printed code, reading one from a photograph, and printing sheets."""
