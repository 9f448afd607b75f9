from django.apps import AppConfig


class WorksitesConfig(AppConfig):
    name = "worksites"

    def ready(self) -> None:
        from careerplan.imports import kinds
        from goals.careers import wages
        from services import placed
        from worksites.payroll.importing import PayrollImport
        from worksites.placements.placing import OfPlacements
        from worksites.wages.floors import floor_of

        wages.register(floor_of)
        placed.register(OfPlacements())
        kinds.register(PayrollImport())
