from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self):
        from acknowledgments.pades import require_key

        require_key()
