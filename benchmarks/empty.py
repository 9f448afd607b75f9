"""What Celery costs by itself."""

from celery import shared_task


@shared_task
def empty() -> None:
    pass
