"""The web server: one standalone Voilà with our own sign-in, and the desk as a supervised child process.

Knows people only by what the desk says of them; opens no store and reads no answer key.
"""
