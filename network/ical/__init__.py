"""Reading, canonical form and writing of iCalendar (RFC 5545). Knows no calendar server and no training."""
