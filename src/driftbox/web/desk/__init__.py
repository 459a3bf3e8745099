"""The window console 窗口: take a call, tell the one list, move cases on."""
