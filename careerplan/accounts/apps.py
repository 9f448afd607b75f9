from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "careerplan.accounts"
    label = "accounts"
