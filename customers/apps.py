from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from careerplan.accounts.duties import register
        from careerplan.messaging import inbox
        from customers.absences import answerable
        from customers.duties import Caseload, Inbox

        register(Caseload())
        register(Inbox())
        inbox.register(answerable)
