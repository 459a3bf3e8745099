"""The desk for matters: drafts, their check and preview, publishing by two, versions and the way back."""
