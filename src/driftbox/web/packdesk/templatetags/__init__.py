"""Tags of the desk for matters."""
