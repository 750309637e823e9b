"""The benchmark: jijitsu's speed and memory beside fugashi's and the peers'.

``make bench`` (``python -m bench``) runs it from the project's folder and prints ratios of
one run; only these carry over to another machine.

- :mod:`bench.texts`: the articles that are read, from corpus/
- :mod:`bench.contestants`: who takes part; how each is imported, made and called
- :mod:`bench.worker`: one measurement of one contestant, in a process of its own
- :mod:`bench.peers`: installs the peers into their own environment, .venv-bench
- :mod:`bench.run`: the rounds, the growth, the command line
- :mod:`bench.report`, :mod:`bench.plot`: medians, ratios, targets, tables, a picture
- :mod:`bench.hostile`, :mod:`bench.attack`: texts made to take long, and what they cost

To add a contestant, add a row to :data:`bench.contestants.CONTESTANTS`.
"""
