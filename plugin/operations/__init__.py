"""What administrators read and do on the pages *Betrieb*: plain functions, for pages and for any other interface.

Reads the state database alone; whatever asks Nextcloud or a source is an errand (plugin.jobs.errands).
"""
