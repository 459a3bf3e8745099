"""The district page for whoever looks after several offices: sea chart, clocks, what waits, and acts of supervision."""
