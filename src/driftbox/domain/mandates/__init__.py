"""Mandates 授权: who may act for whom, for what, until when, on what proof."""
