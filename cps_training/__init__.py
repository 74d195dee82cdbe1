"""Training and assessment kit for cooperative-promotion officers (ชุดฝึกอบรมและประเมินผลระบบส่งเสริมสหกรณ์).

Nothing is imported here: a learner's kernel pays for every import. Where to start reading: docs/architecture.md.
"""

__version__ = "0.1.0"
