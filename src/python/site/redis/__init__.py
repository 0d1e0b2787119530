"""A client for Redis servers, with redis-py's names."""
