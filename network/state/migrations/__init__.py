"""How the tables came to be, step by step, for Alembic. `network.state.migration` decides when it is needed."""
