"""„Handbuch“: what docs/handbuch says, to be read inside the admin."""
