from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"

    def ready(self) -> None:
        from careerplan.base.health import tidying
        from customers import deadlines
        from customers.notes import matters
        from goals.careers import exploring
        from services.deadlines import DEADLINES
        from services.exploring import limits_of
        from services.feed import bringing, runs
        from services.notes import SERVICES

        deadlines.register(*DEADLINES)
        matters.register(SERVICES)
        exploring.register(limits_of)
        tidying.register("files of feeds", bringing.left_lying)
        tidying.register("runs of feeds", runs.long_ago)
