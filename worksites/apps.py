from datetime import timedelta

from django.apps import AppConfig

# Long enough to look up whether an e-mail left.
LETTERS_KEPT = timedelta(days=30)


class WorksitesConfig(AppConfig):
    name = "worksites"

    def ready(self) -> None:
        from careerplan.base.health import tidying
        from careerplan.imports import kinds
        from careerplan.messaging import delivery, facts
        from customers import deadlines, holding, undelivered
        from customers.sections import from_others
        from goals.careers import wages
        from services import placed
        from worksites.deadlines import DEADLINES
        from worksites.evaluations.enums import Asked
        from worksites.evaluations.letters import supervisor_letter
        from worksites.evaluations.models import SupervisorLetter
        from worksites.evaluations.reading import evaluations_beside
        from worksites.evaluations.undelivered import report_next_letter
        from worksites.payroll.importing import PayrollImport
        from worksites.placements.merging import placements_held, placements_that_go_on
        from worksites.placements.placing import OfPlacements
        from worksites.places.importing import WorksiteImport
        from worksites.wages.floors import floor_of

        wages.register(floor_of)
        placed.register(OfPlacements())
        deadlines.register(*DEADLINES)
        holding.register(hold=placements_held, hinder=placements_that_go_on)
        delivery.register(SupervisorLetter, supervisor_letter)
        facts.register(Asked)
        from_others.register(evaluations_beside)
        undelivered.register(report_next_letter)
        tidying.register(
            "letters to supervisors", lambda at: SupervisorLetter.objects.filter(created_at__lt=at - LETTERS_KEPT)
        )
        kinds.register(WorksiteImport())
        kinds.register(PayrollImport())
