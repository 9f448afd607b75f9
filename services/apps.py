from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"

    def ready(self) -> None:
        from careerplan.imports import kinds
        from customers import deadlines
        from customers.notes import matters
        from goals.careers import exploring
        from services.catalog.importing import CatalogImport
        from services.deadlines import DEADLINES
        from services.exploring import limits_of
        from services.notes import SERVICES

        deadlines.register(*DEADLINES)
        matters.register(SERVICES)
        exploring.register(limits_of)
        kinds.register(CatalogImport())
