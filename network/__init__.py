"""The words and rules of the network: what everything else stands on, and what knows nobody else."""
