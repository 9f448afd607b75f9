"""Addresses of signing in, by django-allauth: those that the product uses.

Left out are the pages where people manage e-mail addresses by themselves: a person has one, and an administrator
keeps it. So is the page that asks once more for the password: nothing leads there, and it had tries of its own.
"""

from allauth.account import views
from django.urls import path, re_path

from careerplan.accounts import views as own

urlpatterns = [
    path("login/", own.SignInPage.as_view(), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("password/change/", own.ChangePasswordPage.as_view(), name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", own.ForgottenPasswordPage.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        own.PasswordByLinkPage.as_view(),
        name="account_reset_password_from_key",
    ),
]
