"""Tags of this screen that other pages load by name."""
