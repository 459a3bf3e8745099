"""The door for other nodes: no pages, no cookies; every request is signed by a node that is believed."""
