from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from careerplan.accounts.duties import register
        from careerplan.base.health import tidying
        from careerplan.imports import kinds
        from careerplan.messaging import inbox
        from customers import deadlines, holding, reminders
        from customers.absences import StandingIn, answerable
        from customers.duties import Caseload, Inbox
        from customers.importing import CustomerImport
        from customers.notes import matters
        from customers.notes.assessments import ASSESSMENTS
        from customers.sections.deadlines import ANSWERS

        tidying.register("reminders", reminders.ended)
        register(Caseload())
        register(Inbox())
        register(StandingIn())
        deadlines.register(deadlines.CONTACT, ANSWERS)
        matters.register(ASSESSMENTS)
        kinds.register(CustomerImport())
        inbox.register(answerable)
        holding.register(hold=holding.held_here)
