"""Finding people who sign in, under the same words as customers: "lopez" finds García-López."""

from django.db.models import Q, QuerySet

from careerplan.accounts.models import User
from careerplan.base.names import full_name
from customers.models import Customer
from customers.search import words_asked, words_to_find


def people_matching(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Of whom each word of the text begins a word: of a name, e-mail, username or phone; of customers, of the record.

    Customers are found by their index. All others, who are few, are read.
    """
    words = words_asked(text)
    if not words:
        return people.none() if text.strip() else people
    customers = Customer.objects.matching(text).filter(user__isnull=False).values("user")
    others = [person.pk for person in people.filter(customer__isnull=True) if is_found(person, words)]
    return people.filter(Q(pk__in=customers) | Q(pk__in=others))


def is_found(person: User, words: list[str]) -> bool:
    names = (person.first_name, person.last_name, full_name(person.first_name, person.last_name))
    known = words_to_find(
        *names, state_id="", phone=person.phone, born=None, email=person.email, username=person.username
    )
    return all(any(one.startswith(word) for one in known) for word in words)
