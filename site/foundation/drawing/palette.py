"""The colours of static/css/tokens.css where no style sheet reaches: pictures and icons."""

MOOR = "#12312b"
WALD = "#1f5b4a"
RAPS = "#ffc933"
KREIDE = "#fbfaf5"
FORST = "#1b4339"
