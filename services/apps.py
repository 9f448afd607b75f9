from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"

    def ready(self) -> None:
        from careerplan.base.health import tidying
        from careerplan.imports import kinds
        from customers import deadlines, holding
        from customers.notes import matters
        from goals.careers import exploring
        from services.catalog.importing import CatalogImport
        from services.costs.merging import costs_held, unpaid_costs
        from services.deadlines import DEADLINES
        from services.exploring import limits_of
        from services.feed import bringing, runs
        from services.notes import SERVICES
        from services.providers.importing import ProviderImport

        deadlines.register(*DEADLINES)
        holding.register(hold=costs_held, hinder=unpaid_costs)
        matters.register(SERVICES)
        exploring.register(limits_of)
        kinds.register(ProviderImport())
        kinds.register(CatalogImport())
        tidying.register("files of feeds", bringing.left_lying)
        tidying.register("runs of feeds", runs.long_ago)
