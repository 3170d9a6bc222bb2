"""Entry points: the command line, the service and what introduces the floors to one another."""
