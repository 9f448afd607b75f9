"""What the made-up customers want, and what stands in their way: occupations, goals, barriers, services, steps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One way to an occupation. `learn` and `work` are goal statements; `course` is what the training is."""

    occupation: str
    long_term: str
    learn: str
    work: str
    course: str
    provider: str


STORIES = (
    Story("31-1131", "29-1141", "Complete the nursing assistant course", "Work full-time as a nursing assistant",
          "Nursing assistant, 120 hours", "Lakeside Community College"),
    Story("53-3032", "11-3071", "Earn the commercial driver license, class A", "Drive for a regional freight company",
          "Commercial driver training, 4 weeks", "Prairie Truck Academy"),
    Story("51-4121", "51-1011", "Earn the welding certificate (AWS D1.1)", "Work as a welder with benefits",
          "Structural welding, one semester", "River Valley Technical College"),
    Story("15-1232", "15-1244", "Earn the computer support certificate", "Find a first job at a help desk",
          "Computer support, evenings", "Lakeside Community College"),
    Story("47-2111", "11-9021", "Finish the pre-apprenticeship for electricians", "Enter an electrical apprenticeship",
          "Electrical pre-apprenticeship", "Joint Electrical Training Center"),
    Story("31-9092", "29-1171", "Complete the medical assistant program", "Work in a clinic close to home",
          "Medical assistant, 9 months", "Northern Lakes College"),
    Story("43-3031", "13-2011", "Finish the bookkeeping certificate", "Keep the books of a small company",
          "Bookkeeping and spreadsheets", "Fairview Adult School"),
    Story("49-3023", "49-1011", "Pass the first two ASE examinations", "Work in a garage full-time",
          "Automotive service, two semesters", "River Valley Technical College"),
    Story("39-9011", "25-2011", "Earn the Child Development Associate credential", "Work in a licensed day care",
          "Child development, 120 hours", "Fairview Adult School"),
    Story("49-9021", "49-1011", "Complete the heating and cooling program", "Install and service heating systems",
          "Heating and cooling, EPA 608", "Joint Building Trades Center"),
)  # fmt: skip

SHORT_EDUCATION = "Earn a high school equivalency diploma"
SHORT_EMPLOYMENT = "A part-time job beside the course"

# Further goals: (statement, category, long term)
MORE_GOALS = (
    ("Have reliable transportation to class and work", "SUPPORT_SERVICES", False),
    ("Have the children cared for during class hours", "SUPPORT_SERVICES", False),
    ("Keep a stable place to live through the training", "SUPPORT_SERVICES", True),
    ("Earn a credential that adds to the first one", "EDUCATION_TRAINING", True),
    ("Write a résumé that shows what I can do", "CAREER_PLAN", False),
    ("Save three months of rent", "SUPPORT_SERVICES", True),
)

# (category code, description, how it will be addressed)
BARRIERS = (
    ("TRAN", "No car; the bus does not run after six.", "Bus pass, ride share with a classmate"),
    ("CHLD", "No care before school begins.", "Child care near the course"),
    ("LTUE", "Out of work for more than half a year.", "Work experience and references"),
    ("SKIL", "No credential for the occupation yet.", "Training"),
    ("JSRC", "Has not looked for work in ten years.", "Résumé workshop, practice interviews"),
    ("DIGI", "Unsure with forms on the internet.", "Computer basics at the career center"),
    ("LOWI", "The household's income is below the limit.", "Supportive services during the course"),
    ("DLIC", "The driver license has run out.", "Help with the fee and the test"),
    ("EXOF", "A conviction of six years ago.", "Federal bonding, letter from the employer"),
    ("ELL", "Reads English slowly.", "English classes in the evening"),
    ("BSD", "Mathematics below ninth grade.", "Tutoring before the course begins"),
    ("INET", "No internet at home.", "Loaned hotspot"),
)

# (service code, weekly hours or 0, dollar value or 0)
ADULT_SERVICES = (
    ("BC-JSST", 2, 0), ("BC-COUN", 1, 0), ("IC-PLAN", 1, 0), ("BC-JREQ", 1, 0), ("IC-PREV", 4, 0), ("IC-FINL", 1, 0),
    ("WE-EXP", 20, 0),
)  # fmt: skip
YOUTH_SERVICES = (
    ("YE-01", 6, 0), ("YE-03A", 15, 0), ("YE-06", 2, 0), ("YE-08", 1, 0), ("YE-10", 1, 0), ("YE-12", 2, 0),
    ("YE-13", 2, 0),
)  # fmt: skip
SUPPORT = (("SS-TRAN", 0, 240), ("SS-CHLD", 0, 1250), ("SS-CLOT", 0, 180), ("SS-BOOK", 0, 310), ("SS-EXAM", 0, 120))
ADULT_TRAINING, YOUTH_TRAINING, YOUTH_SUPPORT = "TR-OST", "YE-04", "YE-07"

STEPS = (
    "Hand in the application to the school",
    "Bring the birth certificate and proof of address",
    "Write down three employers to call",
    "Call the three employers and note what they say",
    "Sign up for the placement test",
    "Arrange the way to class for the first week",
    "Write a first résumé and bring it along",
    "Visit the training provider on its open day",
    "Ask two former supervisors for a reference",
    "Practice the interview questions with the planner",
)
