from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "careerplan.imports"
    label = "imports"

    def ready(self) -> None:
        from careerplan.base.health import tidying
        from careerplan.imports.models import Import, ImportRow

        tidying.register("rows of imports", lambda at: ImportRow.objects.filter(bringing__in=Import.objects.ended(at)))
        tidying.register("imports", Import.objects.ended)
