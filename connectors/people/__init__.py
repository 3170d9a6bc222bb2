"""The accounts and groups of the Nextcloud itself as a source of people."""
