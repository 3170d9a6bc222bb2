"""The header by which Nextcloud is told to write to no guest; other servers take no notice of it."""

from __future__ import annotations

SILENT = {"x-nc-scheduling": "false"}
