"""„Arbeitslisten“: what waits for the editors, each list at an address of its own, counted on their front page."""
