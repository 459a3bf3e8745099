"""The agents' phones 代办员的手机: small nodes that work without signal and hand in later."""
