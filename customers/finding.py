"""Finding people who sign in, under the same words as customers: "lopez" finds García-López."""

from django.db.models import QuerySet

from careerplan.accounts.models import User
from careerplan.base.names import full_name
from customers.models import Customer
from customers.models.search_words import AFTER_ALL
from customers.search import words_asked, words_to_find


def people_matching(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Of whom each word of the text begins a word: of a name, e-mail, username or phone; of customers, of the record.

    Customers are found by their index; a sign-in that is called otherwise, or is nobody's yet, by the beginning of its
    name, e-mail or username. Who works here, few, is read: what stands in the middle of a word counts there, too.
    """
    words = words_asked(text)
    if not words:
        return people.none() if text.strip() else people
    customers = Customer.objects.matching(text).filter(user__isnull=False).values("user")
    at_work = [person.pk for person in User.objects.at_work() if is_found(person, words) or is_within(person, text)]
    keys = customers.union(
        *(found.values("pk") for found in beginning_so(text, words)), User.objects.filter(pk__in=at_work).values("pk")
    )
    return people.filter(pk__in=keys)


def beginning_so(text: str, words: list[str]) -> list[QuerySet[User]]:
    """Sign-ins by the beginning of their name, said in either order, of their e-mail and of their username: each is one
    range of an index."""
    said = text.strip()
    names = {" ".join(words), " ".join([*words[1:], words[0]]), " ".join([words[-1], *words[:-1]])}
    by_name = [User.objects.filter(search_key__gte=name, search_key__lt=name + AFTER_ALL) for name in sorted(names)]
    by_sign_in = [User.objects.filter(email__startswith=said.lower()), User.objects.filter(username__startswith=said)]
    return by_name + by_sign_in


def is_within(person: User, text: str) -> bool:
    """Whether each part of what was typed stands somewhere in the person's name, e-mail or username."""
    known = " ".join((person.first_name, person.last_name, person.email, person.username)).casefold()
    return all(part in known for part in text.casefold().split())


def is_found(person: User, words: list[str]) -> bool:
    names = (person.first_name, person.last_name, full_name(person.first_name, person.last_name))
    known = words_to_find(
        *names, state_id="", phone=person.phone, born=None, email=person.email, username=person.username
    )
    return all(any(one.startswith(word) for one in known) for word in words)
