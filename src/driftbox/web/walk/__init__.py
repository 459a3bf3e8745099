"""The guided walk 走一圈 of the demo: for each role one short way through the house, each step a link."""
