"""Track 查进度: where a case stands, for the people it belongs to."""
