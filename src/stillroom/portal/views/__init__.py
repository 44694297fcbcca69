"""The pages of the client's door, one module a noun."""
