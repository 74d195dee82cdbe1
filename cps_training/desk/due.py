"""What a person is asked to go over today: what is due, at most MOST_A_DAY answers a day. Only reads."""

from __future__ import annotations

from cps_training.assessment.attempt import Attempt
from cps_training.assessment.progress import review_of
from cps_training.assessment.review import MOST_A_DAY, Answered
from cps_training.clock import office_day
from cps_training.content.forms import REVIEW
from cps_training.desk.asker import Context
from cps_training.items import ItemBase


def due_today(context: Context, attempts: list[Attempt], answers: list[tuple[Answered, ItemBase]]) -> tuple[str, ...]:
    """Items of the review that is left for today, empty when nothing is due or the day's ten are done.

    attempts, answers: the person's; what was answered in today's reviews counts, so that ten stay ten however often it is opened.
    """
    today = office_day(context.now)
    done = sum(
        one.has_answered(placed.item_id)
        for one in attempts
        if one.form_id == REVIEW and office_day(one.started_at) == today
        for placed in one.placed
    )
    return review_of(answers, context.library.review_pool, context.now)[: max(0, MOST_A_DAY - done)]
