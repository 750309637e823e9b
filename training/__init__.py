"""Training of the tagger; needs python-crfsuite (the ``train`` dependency group)."""
