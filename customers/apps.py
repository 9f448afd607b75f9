from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from careerplan.accounts.duties import register
        from customers import deadlines
        from customers.duties import Caseload, Inbox

        register(Caseload())
        register(Inbox())
        deadlines.register(deadlines.CONTACT)
