"""Rosters 排班: who is on duty, who swaps with whom, what one shift leaves to the next, who answers the phone now."""
