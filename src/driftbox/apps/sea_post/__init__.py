"""The petition post at sea 海上信访驿站: intake that survives a power cut, receipt at sea, mediation between boats."""
