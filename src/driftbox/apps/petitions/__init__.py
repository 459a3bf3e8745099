"""Petitions 信访: registering, the review chain, confidence, the mailbox, joining dockets, and what the ledger says."""
