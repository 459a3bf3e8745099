"""Figures as rows: what each docket adds, and the totals that pages read; kept up by what is new in the log."""
