from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from careerplan.accounts.duties import register
        from careerplan.imports import kinds
        from careerplan.messaging import inbox
        from customers import deadlines, holding
        from customers.absences import answerable
        from customers.duties import Caseload, Inbox
        from customers.importing import CustomerImport

        register(Caseload())
        register(Inbox())
        deadlines.register(deadlines.CONTACT)
        kinds.register(CustomerImport())
        inbox.register(answerable)
        holding.register(hold=holding.held_here)
