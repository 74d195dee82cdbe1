"""What the trainer's pages show and ask: one file a panel or part, rows of the desk in, presentations out.

A page (`apps/*_page.py`, `apps/trainer_room.py`) asks the desk and shows what these arrange. Nothing is imported here: only
participation needs pandas, and a page loads what it shows.
"""
