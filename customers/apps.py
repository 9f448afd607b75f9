from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from careerplan.accounts.duties import register
        from careerplan.base.health import tidying
        from careerplan.imports import kinds
        from careerplan.messaging import inbox
        from customers import deadlines, reminders
        from customers.absences import answerable
        from customers.duties import Caseload, Inbox
        from customers.importing import CustomerImport

        tidying.register("reminders", reminders.ended)
        register(Caseload())
        register(Inbox())
        deadlines.register(deadlines.CONTACT)
        kinds.register(CustomerImport())
        inbox.register(answerable)
