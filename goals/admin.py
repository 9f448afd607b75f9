"""Goal categories, career pathways and occupations, kept by an administrator."""

from django.contrib import admin

from careerplan.base.admin import NAMES, TrackedAdmin
from goals.ideas.models import GoalIdea
from goals.models import CareerCluster, GoalCategory, Occupation, OccupationTitle


@admin.register(GoalCategory)
class GoalCategoryAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "position", "is_active"]
    list_filter = ["is_active"]
    search_fields = [*NAMES, "code"]
    ordering = ["position"]


@admin.register(GoalIdea)
class GoalIdeaAdmin(TrackedAdmin):
    list_display = ["english", "category", "barrier", "term", "is_active"]
    list_filter = ["category", "term", "is_active"]
    list_select_related = ["category", "barrier"]
    search_fields = ["english", "spanish", "code"]
    ordering = ["category__position", "code"]


@admin.register(CareerCluster)
class CareerClusterAdmin(TrackedAdmin):
    list_display = ["title", "spanish", "framework", "position", "is_active"]
    list_filter = ["framework", "is_active"]
    search_fields = ["title", "spanish"]
    ordering = ["framework", "position"]


@admin.register(Occupation)
class OccupationAdmin(TrackedAdmin):
    """A published standard: an entry is taken out of the offer rather than deleted."""

    list_display = ["code", "title", "level", "is_active"]
    list_filter = ["level", "is_active"]
    search_fields = ["code", "title"]
    autocomplete_fields = ["parent"]
    ordering = ["code"]


@admin.register(OccupationTitle)
class OccupationTitleAdmin(TrackedAdmin):
    """What people here call an occupation: the search finds it by each of these."""

    list_display = ["title", "occupation", "language", "is_short", "is_active"]
    list_filter = ["language", "is_short", "is_active"]
    list_select_related = ["occupation"]
    search_fields = ["title", "occupation__code", "occupation__title"]
    autocomplete_fields = ["occupation"]
    ordering = ["title", "pk"]
