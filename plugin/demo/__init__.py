"""The demonstration: an invented year of the Kreis Höxter network.

The generators here are pure functions of the day of the demonstration. Every record says that it is an example, every
person is invented, every address ends in .example.
"""
