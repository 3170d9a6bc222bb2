"""Fetching: from a path, an address or Nextcloud, conditionally and within bounds; the last good copy behind it."""
