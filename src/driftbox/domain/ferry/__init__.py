"""Ferry 船班: timetable and earliest arrival over boats that may not sail."""
