"""The chain: whatever is stale is built, up to the list of tomorrow."""
