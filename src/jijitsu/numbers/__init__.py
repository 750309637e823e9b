"""Numbers: scanned once, read by what stands around them."""
