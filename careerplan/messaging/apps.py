from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "careerplan.messaging"
    label = "messaging"

    def ready(self) -> None:
        from careerplan.base import health
        from careerplan.messaging.failed import CHECKS

        health.register(*CHECKS)
