from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from careerplan.accounts.duties import register
        from careerplan.imports import kinds
        from careerplan.messaging import inbox
        from customers import deadlines
        from customers.absences import StandingIn, answerable
        from customers.duties import Caseload, Inbox
        from customers.importing import CustomerImport

        register(Caseload())
        register(Inbox())
        register(StandingIn())
        deadlines.register(deadlines.CONTACT)
        kinds.register(CustomerImport())
        inbox.register(answerable)
