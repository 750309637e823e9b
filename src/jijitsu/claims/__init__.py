"""Claims: what several mentions, within and across articles, say of one thing."""
