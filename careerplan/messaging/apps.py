from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "careerplan.messaging"
    label = "messaging"
