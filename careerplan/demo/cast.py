"""Who the demo people are. Facts only; `build.py` brings them to their states.

David Kruse, Jennifer Philips and Duke Lasley are the customers of the Illinois workNet document, as its pictures show
them. The others stand for the cases of Wisconsin's policy. Nobody here is real.
"""

from dataclasses import dataclass
from datetime import date

from careerplan.accounts.enums import Role
from customers.enums import CustomerType, EnrollmentStatus


@dataclass(frozen=True)
class OfficeFacts:
    name: str
    street: str
    city: str
    zip_code: str
    phone: str


@dataclass(frozen=True)
class RegionFacts:
    code: str
    name: str
    grantee: str
    grantee_phone: str
    grantee_email: str
    offices: tuple[OfficeFacts, OfficeFacts]


@dataclass(frozen=True)
class StaffFacts:
    """`office` or `region` (its code) is a planner's scope; `shows` says what to see when signed in as this person."""

    username: str
    first_name: str
    last_name: str
    role: Role
    phone: str
    email: str = ""
    office: str = ""
    region: str = ""
    shows: str = ""


@dataclass(frozen=True)
class CustomerFacts:
    """`enrollments`: (program code, status, the planner of the program)."""

    username: str
    first_name: str
    last_name: str
    email: str
    phone: str
    state_id: str
    office: str
    planner: str
    enrollments: tuple[tuple[str, EnrollmentStatus, str], ...]
    middle_name: str = ""
    birth_date: date | None = None
    street: str = ""
    city: str = ""
    zip_code: str = ""
    language: str = "en"
    needs: str = ""
    large_print: bool = False
    customer_type: str = ""
    shows: str = ""


STATE = "IL"
HARBOR, MILLBROOK = "Harbor Street Career Center", "Millbrook Career Center"
PINE_LAKE, TWO_RIVERS = "Pine Lake Career Center", "Two Rivers Career Center"
FAIRVIEW, COTTONWOOD = "Fairview Career Center", "Cottonwood Career Center"

REGIONS = (
    RegionFacts(
        "LWA-07",
        "River Valley",
        "River Valley Workforce Partnership",
        "217-555-0100",
        "info@rivervalley.careerplan.test",
        (
            OfficeFacts(HARBOR, "120 Harbor Street", "Marlow", "62799", "217-555-0110"),
            OfficeFacts(MILLBROOK, "8 Mill Road", "Millbrook", "62798", "217-555-0111"),
        ),
    ),
    RegionFacts(
        "LWA-02",
        "Northern Lakes",
        "Northern Lakes Job Council",
        "847-555-0120",
        "info@northernlakes.careerplan.test",
        (
            OfficeFacts(PINE_LAKE, "44 Shore Drive", "Pine Lake", "60098", "847-555-0121"),
            OfficeFacts(TWO_RIVERS, "301 Bridge Avenue", "Two Rivers", "60097", "847-555-0122"),
        ),
    ),
    RegionFacts(
        "LWA-19",
        "Prairie South",
        "Prairie South Employment and Training",
        "618-555-0130",
        "info@prairiesouth.careerplan.test",
        (
            OfficeFacts(FAIRVIEW, "77 Elm Street", "Fairview", "62999", "618-555-0131"),
            OfficeFacts(COTTONWOOD, "15 Depot Square", "Cottonwood", "62998", "618-555-0132"),
        ),
    ),
)

# The account that the document names beside David Kruse's assessments. Nobody signs in as this one.
TRAINING_ACCOUNT = "train10"

STAFF = (
    StaffFacts(
        "planner", "Devon", "Okafor", Role.PLANNER, "217-555-0140", office=HARBOR,
        shows="a planner of one office: David Kruse, Jennifer Philips, Duke Lasley, Angela Whitfield and Keisha Monroe",
    ),
    StaffFacts(
        "planner.youth", "Priya", "Raman", Role.PLANNER, "217-555-0141", region="LWA-07",
        shows="a planner of a whole region: Tyrell Brooks, whose ISS waits for him, and the co-enrolled Keisha Monroe",
    ),
    StaffFacts(
        "planner.north", "Grace", "Lindqvist", Role.PLANNER, "847-555-0142", office=PINE_LAKE,
        shows="a planner of another region: Lucía Herrera's draft, and Henrik Aalto, who has no plan yet",
    ),
    StaffFacts("planner.rivers", "Thomas", "Baptiste", Role.PLANNER, "847-555-0143", office=TWO_RIVERS),
    StaffFacts("planner.fairview", "Mei", "Chen", Role.PLANNER, "618-555-0144", office=FAIRVIEW),
    StaffFacts("planner.cottonwood", "Rosa", "Villarreal", Role.PLANNER, "618-555-0145", office=COTTONWOOD),
    StaffFacts(
        "statewide", "Amelia", "Telger", Role.STATEWIDE, "217-555-0146", shows="statewide staff: every customer's plan"
    ),
    StaffFacts(
        "admin", "Ruth", "Adeyemi", Role.ADMINISTRATOR, "217-555-0147",
        shows="an administrator: people and lists, at /admin/",
    ),
    StaffFacts(
        TRAINING_ACCOUNT, "Training", "Account", Role.PLANNER, "", email="info@train10_sluccwd.com", office=HARBOR
    ),
)  # fmt: skip

DAVID, JENNIFER, DUKE = "davidkruse", "jenniferphilips", "dukelasley"
ANGELA, TYRELL, LUCIA = "angela.whitfield", "tyrell.brooks", "lucia.herrera"
KEISHA, HENRIK = "keisha.monroe", "henrik.aalto"

CUSTOMERS = (
    CustomerFacts(
        DAVID, "David", "Kruse", "davidkruse@noemail1234.com", "217-555-0150", "1000001",
        HARBOR, "planner",
        (("T1-YOUTH", EnrollmentStatus.REGISTRANT, "planner"),),
        birth_date=date(2000, 9, 21), street="415 Orchard Lane", city="Marlow", zip_code="62799",
        customer_type=CustomerType.YOUTH_OUT_OF_SCHOOL,
        shows="a customer of the Illinois document; the plan waits here once it is sent",
    ),
    CustomerFacts(
        JENNIFER, "Jennifer", "Philips", "jenniferphilips@noemail1234.com", "217-555-0151", "1000002",
        HARBOR, "planner",
        (("APP-IL", EnrollmentStatus.APPLICANT, "planner"),),
        birth_date=date(1994, 2, 11), street="9 Quarry Road, Apt 3", city="Marlow", zip_code="62799",
    ),
    CustomerFacts(
        DUKE, "Duke", "Lasley", "duke@noema1123.com", "217-555-0152", "1000003",
        HARBOR, "planner",
        (("APP-IL", EnrollmentStatus.ENROLLED, "planner"), ("JTED", EnrollmentStatus.ENROLLED, "planner")),
        birth_date=date(1989, 7, 30), street="230 Foundry Street", city="Marlow", zip_code="62799",
    ),
    CustomerFacts(
        ANGELA, "Angela", "Whitfield", "angela.whitfield@careerplan.test", "217-555-0153", "1000004",
        HARBOR, "planner",
        (("T1-ADULT", EnrollmentStatus.ENROLLED, "planner"),), middle_name="Marie",
        birth_date=date(1991, 4, 2), street="58 Chestnut Court", city="Marlow", zip_code="62799",
        customer_type=CustomerType.ADULT, shows="a customer with a plan that is in force, version 1 acknowledged",
    ),
    CustomerFacts(
        TYRELL, "Tyrell", "Brooks", "tyrell.brooks@careerplan.test", "217-555-0154", "1000005",
        MILLBROOK, "planner.youth",
        (("T1-YOUTH", EnrollmentStatus.ENROLLED, "planner.youth"),), middle_name="James",
        birth_date=date(2006, 11, 18), street="12 Weir Street", city="Millbrook", zip_code="62798",
        customer_type=CustomerType.YOUTH_OUT_OF_SCHOOL, needs="Large print", large_print=True,
        shows="a customer whose ISS waits to be read and acknowledged",
    ),
    CustomerFacts(
        LUCIA, "Lucía", "Herrera", "lucia.herrera@careerplan.test", "847-555-0155", "1000006",
        PINE_LAKE, "planner.north",
        (("T1-DW", EnrollmentStatus.ENROLLED, "planner.north"),), middle_name="Isabel",
        birth_date=date(1983, 1, 25), street="702 Lakeview Terrace", city="Pine Lake", zip_code="60098", language="es",
        customer_type=CustomerType.DISLOCATED_WORKER, shows="a customer who reads Spanish; her plan is a draft",
    ),
    CustomerFacts(
        KEISHA, "Keisha", "Monroe", "keisha.monroe@careerplan.test", "217-555-0156", "1000007",
        HARBOR, "planner",
        (("T1-ADULT", EnrollmentStatus.ENROLLED, "planner"), ("T1-YOUTH", EnrollmentStatus.ENROLLED, "planner.youth")),
        birth_date=date(2005, 5, 9), street="3 Ferry Lane", city="Marlow", zip_code="62799",
        customer_type=CustomerType.YOUTH_OUT_OF_SCHOOL,
    ),
    CustomerFacts(
        HENRIK, "Henrik", "Aalto", "henrik.aalto@careerplan.test", "847-555-0157", "1000008",
        PINE_LAKE, "planner.north",
        (("T1-DW", EnrollmentStatus.ENROLLED, "planner.north"),),
        birth_date=date(1974, 12, 3), street="19 Birch Hill", city="Pine Lake", zip_code="60098",
        customer_type=CustomerType.DISLOCATED_WORKER,
    ),
)  # fmt: skip

# --- names of the made-up customers, of many origins ----------------------------------------------


def words(text: str) -> list[str]:
    return text.split()


GIVEN_NAMES = words(
    """
    Aaliyah Abdi Adaeze Agnieszka Ahmed Aisha Alejandra Amara Amir Ana André Anh Anjali Antoine Ashley Ayşe Beatriz
    Brandon Brianna Carlos Carmen Caleb Chloé Chen Christopher Dalia Daniela Darius Deepak Diego Dmitri Dolores
    Ebony Elena Eleni Emeka Emily Erik Esperanza Ethan Fatima Felipe Fiona Gabriel Giovanni Gloria Guadalupe Hana
    Hannah Hassan Hoa Ibrahim Imani Inés Isaac Ivan Jamal Jasmine Jessica Jin Joaquín José Joshua Juan Kareem
    Katarzyna Kenji Khadija Kofi Krystal Kwame Laila Latoya Leilani Léa Linh Luis Łukasz Magdalena Malik Manuel
    Mariam Marisol Mateo Megan Mei Michael Miguel Minh Mohamed Nadia Naomi Nia Nikolai Noor Olga Omar Oscar Paloma
    Patrick Pedro Phuong Priscilla Rafael Rahul Ramón Rebecca Renée Ricardo Rosa Ryan Sabrina Samantha Samir Sana
    Sean Shanice Sofía Soo-jin Stefan Tamara Tariq Teresa Thanh Thomas Tomás Trinity Tyler Valentina Vanessa Victor
    Wei William Xiomara Yasmin Yusuf Zainab Zoë
    """
)

FAMILY_NAMES = words(
    """
    Abdullah Acosta Adams Aguilar Ahmed Akhtar Ali Álvarez Anderson Andersen Bailey Banerjee Begay Bello Bianchi
    Boateng Brown Bui Cabrera Campbell Carter Castillo Chang Chaudhry Cho Cohen Coleman Collins Cruz Dang Davis
    Dąbrowski Delgado Demir Diallo Díaz Dimitriou Dubois Edwards Eriksen Espinoza Evans Farah Fernández Fischer
    Flores Foster Fuentes García Gebremariam Goldberg González Greene Gupta Gutiérrez Haddad Hall Hansen Harris
    Hassan Hernández Hoàng Horvath Hughes Huang Ibrahim Ivanova Jackson Jensen Jiménez Johnson Jones Kaya Keller
    Kelly Khan Kim Kowalski Kumar Lam Larsen Le Lee Lewis Lin López Mahmoud Martin Martínez Mbeki McCarthy Medina
    Méndez Mensah Miller Mitchell Mohamud Morales Müller Murphy Nakamura Navarro Nguyễn Nielsen Novak Núñez O'Brien
    O'Connor Oduya Ogunleye Okonkwo Olsen Ortiz Osei Papadakis Park Patel Pereira Peña Petrov Pham Phillips Popescu
    Powell Quiñones Ramírez Reyes Richardson Rivera Roberts Rodríguez Rosen Rossi Russo Saito Salazar Sánchez Santos
    Schmidt Sharma Silva Singh Smith Smith-Reyes Sokolov Stewart Suárez Sullivan Tanaka Taylor Thompson Torres Tran
    Turner Tsosie Vang Vargas Vásquez Walker Wang Washington Weber White Williams Wilson Wójcik Wong Wright Xiong
    Yang Yilmaz Young Zając Zhang Zimmerman
    """
)

STREETS = words("Elm Oak Maple Cedar Walnut Park River Mill Church School Prairie Washington Lincoln Franklin Highland")
