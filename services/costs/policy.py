"""Program years, and which of them money is spent from."""

from datetime import date

# Program years begin on July 1 (WIOA sec. 189(g)(1)(A)); one is named by the calendar year in which it begins.
FIRST_MONTH = 7
# A local area spends the money of a program year in that year and in the one after it (WIOA sec. 189(g)(2)).
YEARS_TO_SPEND = 2
EARLIEST_YEAR = 2000
LATEST_YEAR = 2100


def program_year_of(day: date) -> int:
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(program_year: int) -> date:
    return date(program_year, FIRST_MONTH, 1)


def last_day(program_year: int) -> date:
    return date(program_year + 1, FIRST_MONTH - 1, 30)


def last_day_to_spend(program_year: int) -> date:
    return last_day(program_year + YEARS_TO_SPEND - 1)


def years_to_spend_from(day: date) -> tuple[int, ...]:
    """The program years whose money may be promised on this day, the present one first; the next one, which may be
    planned for, stands last."""
    present = program_year_of(day)
    return (*(present - back for back in range(YEARS_TO_SPEND)), present + 1)
