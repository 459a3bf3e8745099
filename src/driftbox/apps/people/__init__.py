"""People 人员: residents, staff and their offices; particulars are sealed and found by blind index."""
