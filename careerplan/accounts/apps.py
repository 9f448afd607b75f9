from datetime import timedelta

from django.apps import AppConfig

# Long enough to look up whether an e-mail left.
LETTERS_KEPT = timedelta(days=30)


class AccountsConfig(AppConfig):
    name = "careerplan.accounts"
    label = "accounts"

    def ready(self) -> None:
        from careerplan.accounts.models import SignInLetter
        from careerplan.base.health import tidying

        tidying.register("letters", lambda at: SignInLetter.objects.filter(created_at__lt=at - LETTERS_KEPT))
