"""Pure rules of assessing: attempts and their steps, feedback policies, judgement, progress.

Knows items and content models; knows no clock, database, widget or language of the interface. Time is passed in.
"""
