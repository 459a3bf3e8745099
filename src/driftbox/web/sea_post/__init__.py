"""The petition post at sea 海上信访驿站: the kiosk for fishermen, the public screen, and the screen of its staff."""
