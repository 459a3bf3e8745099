"""What goes on in all offices below one: counts for the district page, and where boats and boxes are by timetable."""
