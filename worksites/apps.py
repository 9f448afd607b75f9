from django.apps import AppConfig


class WorksitesConfig(AppConfig):
    name = "worksites"

    def ready(self) -> None:
        from customers import deadlines
        from goals.careers import wages
        from services import placed
        from worksites.deadlines import DEADLINES
        from worksites.placements.placing import OfPlacements
        from worksites.wages.floors import floor_of

        deadlines.register(*DEADLINES)
        wages.register(floor_of)
        placed.register(OfPlacements())
