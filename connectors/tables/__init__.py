"""Spreadsheets as people keep them (CSV, XLSX, ODS): trainings, people, and what is said back to who writes them."""
