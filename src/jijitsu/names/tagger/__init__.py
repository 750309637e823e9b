"""The tagger: a linear-chain CRF over words, trained on the project's own corpus."""
