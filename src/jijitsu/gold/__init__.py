"""Gold: the annotated corpus, the marked text it is written in, and its checks."""
