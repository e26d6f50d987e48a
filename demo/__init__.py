"""The whole way on one machine: three laptops, one office, a bad day."""
