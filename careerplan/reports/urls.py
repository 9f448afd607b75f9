"""Addresses of the state's counts."""

from django.urls import path

from careerplan.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.statewide, name="statewide"),
    path("reviews/", views.all_reviews, name="reviews"),
    path("reviews.csv", views.reviews_csv, name="reviews-csv"),
    path("shared-plans/", views.shared_plans, name="shared-plans"),
]
