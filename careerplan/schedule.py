"""What the scheduler asks a worker for, and how often. The relay of the trial does the same by itself."""

from typing import Any

from celery.schedules import crontab

# What waited for so long is not needed any more: the next one is there. The worker's clock may differ from beat's.
WAITS_FOR_A_WORKER = 60 * 60
EACH_MINUTE: dict[str, Any] = {"schedule": 60.0, "options": {"expires": WAITS_FOR_A_WORKER}}

SCHEDULE: dict[str, dict[str, Any]] = {
    # What the queue lost.
    "make the papers that wait": {"task": "acknowledgments.tasks.make_papers", **EACH_MINUTE},
    "send the e-mails that wait": {"task": "careerplan.messaging.tasks.deliver", **EACH_MINUTE},
    "tell of e-mails that don't arrive": {"task": "acknowledgments.tasks.tell_of_undelivered", **EACH_MINUTE},
    "count the state": {"task": "careerplan.reports.tasks.count", "schedule": 300.0},
    "count what is due": {"task": "careerplan.reports.tasks.count_work", "schedule": 900.0},
    "follow the day": {"task": "customers.tasks.follow_the_day", "schedule": 600.0},
    # Each hour of the morning, since the first may find nobody at work; a person is reminded once a day all the same.
    "remind of deadlines": {
        "task": "customers.tasks.remind",
        "schedule": crontab(hour="6-11", minute=0),
        "options": {"expires": WAITS_FOR_A_WORKER},
    },
    "go on with imports": {"task": "careerplan.imports.tasks.sweep", **EACH_MINUTE},
    "show that work is done": {"task": "careerplan.base.tasks.beat", **EACH_MINUTE},
    "show that e-mails are sent": {"task": "careerplan.messaging.tasks.beat", **EACH_MINUTE},
    "look what is out of bounds": {
        "task": "careerplan.base.tasks.watch",
        "schedule": 300.0,
        "options": {"expires": WAITS_FOR_A_WORKER},
    },
    "check the record": {
        "task": "acknowledgments.tasks.verify",
        "schedule": crontab(hour=1, minute=30),
        "options": {"expires": 6 * 60 * 60},
    },
    "look which wages are too low": {
        "task": "worksites.tasks.look_for_low_wages",
        "schedule": crontab(hour=3, minute=10),
        "options": {"expires": 6 * 60 * 60},
    },
    "clear away what has ended": {"task": "careerplan.base.tasks.tidy", "schedule": crontab(hour=2, minute=20)},
}
