"""Papers 材料: sealed content and the keys that open it."""
