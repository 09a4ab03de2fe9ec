"""How fast, how small, how forgiving: figures with their goals. Run ``python -m tests.benchmarks``.

What is stated as a ratio is measured side by side in one run, in turns, so that the machine's mood hits
both sides. Arrangement: this process holds the Discord-compatible server and plays the people; Usher and
the bare bot are processes of their own, each connected to an own server of the same kind in here.
Schema checks and rate limits are off for both, but for announcements, which are measured against the limits.
"""
