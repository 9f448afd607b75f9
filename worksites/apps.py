from django.apps import AppConfig


class WorksitesConfig(AppConfig):
    name = "worksites"

    def ready(self) -> None:
        from goals.careers import wages
        from worksites.floors import floor_of

        wages.register(floor_of)
