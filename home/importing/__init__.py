"""The old site's news, taken over once: files with pictures become drafts. docs/decisions/old-news.md tells why."""
