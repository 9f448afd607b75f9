"""Who calls an address: the roles, and a client that is signed in as each."""

from http.cookies import SimpleCookie

from django.urls import reverse

from tests import people
from tests.addresses import call

STRANGER, NORTH, PLANNER = "stranger", "another region's planner", "the customer's planner"
OTHER_CUSTOMER, CUSTOMER = "another customer", "the customer"
STATEWIDE, ADMINISTRATOR = "statewide", "administrator"

STAFF = {
    NORTH: people.north_planner,
    PLANNER: people.planner,
    STATEWIDE: people.statewide,
    ADMINISTRATOR: people.administrator,
}
ROLES = [STRANGER, NORTH, OTHER_CUSTOMER, CUSTOMER, PLANNER, STATEWIDE, ADMINISTRATOR]


def sign_in(client, role, customer):
    client.logout()
    let_in(client, role, customer)


def let_in(client, role, customer):
    if role in STAFF:
        client.force_login(STAFF[role]())
    elif role != STRANGER:
        client.force_login(customer.user if role == CUSTOMER else people.lucia().user)


class Callers:
    """Each role, signed in once: whoever calls has the session as it was then, whatever became of it since."""

    def __init__(self, client, customer, roles=ROLES):
        self.client, self.customer, self.cookies = client, customer, {}
        for role in roles:
            client.cookies = SimpleCookie()
            let_in(client, role, customer)
            client.get(reverse("session_token"))  # the first page of a session notes when it began
            self.cookies[role] = {name: cookie.value for name, cookie in client.cookies.items()}

    def enter(self, role):
        self.client.cookies = SimpleCookie(self.cookies[role])
        if role != STRANGER:
            session = self.client.session
            session._cache.delete(session.cache_key)  # nothing is taken back there

    def call(self, role, method, address, data):
        self.enter(role)
        return call(self.client, method, address, data)
