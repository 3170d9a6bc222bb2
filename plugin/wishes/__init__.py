"""Settings and sources become what the planners want to know. Translates, decides nothing about Nextcloud."""
