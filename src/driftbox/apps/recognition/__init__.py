"""Recognition 认材料: photographs of papers wait, are read by a process of their own, and a person confirms."""
