"""The directory 名录: who is who among nodes and people; it flows down from the hub, signed and versioned."""
