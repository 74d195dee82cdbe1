"""Hashing and checking passwords (argon2id). Slow on purpose: never inside a write transaction. Knows no database.

An unknown code costs as much time as a wrong password, so that timing does not tell which codes exist.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from unicodedata import normalize

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

_MEMORY_KIB, _ROUNDS, _LANES = 19456, 2, 1  # OWASP's least; 40 people sign in at nine o'clock on two cores
_HASHER = PasswordHasher(
    time_cost=_ROUNDS, memory_cost=_MEMORY_KIB, parallelism=_LANES, hash_len=32, salt_len=16, type=Type.ID
)
# A well-formed hash that no password has: what an unknown person or one without a password is checked against.
_NOBODY = f"$argon2id$v=19$m={_MEMORY_KIB},t={_ROUNDS},p={_LANES}${'A' * 22}${'A' * 43}"


def make_hash(password: str, entropy: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """The text to store for a password; about 30 ms. entropy gives the salt."""
    return _HASHER.hash(_typed(password), salt=entropy(16))


def verify(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored text; None (nobody, or no password yet) is always False, as slowly."""
    try:
        return _HASHER.verify(stored or _NOBODY, _typed(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def _typed(password: str) -> str:
    return normalize("NFC", password)  # keyboards compose accents and vowels differently
