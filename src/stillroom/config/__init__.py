"""The outermost ring: settings, addresses, the composition root and the command line."""
