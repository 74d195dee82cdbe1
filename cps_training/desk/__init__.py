"""The desk: the assessment service. It alone holds banks with keys, attempts and the database.

protocol (messages) → service (one process, one writer) or local (in process) → core (what each message does).
"""
