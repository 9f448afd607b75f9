"""The part of career and training in the form of a planned service."""

from services.classes.provided_part import ProvidedPart


class TrainingPart(ProvidedPart):
    class_rows = (("training_program", "listed_provider"),)
