"""Carries out the steps that planners decided on, one at a time, and remembers each before it returns."""
