"""Tags of this screen."""
