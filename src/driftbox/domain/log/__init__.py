"""The log 日志: one signed fact, its bytes, its identity, its chain, and how two logs merge."""
