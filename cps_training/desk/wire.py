"""What every message is made of: the frozen base and the bounded words. Knows no message."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Word = Annotated[str, StringConstraints(max_length=200)]
Secret = Annotated[str, StringConstraints(max_length=400)]
Sentence = Annotated[str, StringConstraints(max_length=400)]
AnswerId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Role = Literal["learner", "trainer", "approver", "admin"]
Employment = Literal["civil_servant", "permanent_employee", "government_employee", "contractor"]


class Message(BaseModel):
    """Base of all messages: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
