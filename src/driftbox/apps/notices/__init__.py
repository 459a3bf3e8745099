"""Notices 告知: messages, receipts and one-time codes."""
