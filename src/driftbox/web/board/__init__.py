"""The departure board 船班大屏: for the wall of the pier hall; needs no account and shows nobody."""
