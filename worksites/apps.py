from django.apps import AppConfig


class WorksitesConfig(AppConfig):
    name = "worksites"

    def ready(self) -> None:
        from customers import deadlines, holding
        from goals.careers import wages
        from services import placed
        from worksites.deadlines import DEADLINES
        from worksites.placements.merging import placements_held, placements_that_go_on
        from worksites.placements.placing import OfPlacements
        from worksites.wages.floors import floor_of

        wages.register(floor_of)
        placed.register(OfPlacements())
        deadlines.register(*DEADLINES)
        holding.register(hold=placements_held, hinder=placements_that_go_on)
