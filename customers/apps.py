from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from careerplan.accounts.duties import register
        from careerplan.imports import kinds
        from customers import deadlines
        from customers.duties import Caseload, Inbox
        from customers.importing import CustomerImport

        register(Caseload())
        register(Inbox())
        deadlines.register(deadlines.CONTACT)
        kinds.register(CustomerImport())
