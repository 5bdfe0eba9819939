"""Posts wait here until every resource that they carry is answered, then leave complete."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from newscrawl.core.linkmap import Edge
from newscrawl.items import FeaturedImage, Name, Post, Relation, Status

Key = tuple[str, int]
POST_FIELDS = {"category": "categories", "post_tag": "tags"}


@dataclass(frozen=True, slots=True)
class Members:
    """What belongs to a post in a collection that selects by posts: the ids, or none."""

    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Byline:
    """All authors of a post, in order, as a plugin tells them."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A resource that cannot be had, with what other documents tell of it."""

    status: Status
    known: Name


Answer = Name | FeaturedImage | Members | Byline | Withheld | Status


@dataclass(frozen=True, slots=True)
class Reference:
    """One link of a post: what the post waits for on its account, or what is told without it.

    `ids` are those of the targets as far as the post itself tells them.
    """

    edge: Edge
    href: str
    keys: tuple[Key, ...] = ()
    ids: tuple[int, ...] = ()
    told: Status | None = None


@dataclass(slots=True, eq=False)
class Waiting:
    """A post, its references, and how many of the resources they lead to are unanswered."""

    post: Post
    references: Sequence[Reference]
    unanswered: int = 0


@dataclass(slots=True)
class Complete:
    """A post that carries all it leads to, and the targets of each of its references."""

    post: Post
    references: Sequence[Reference]
    targets: Sequence[tuple[int, ...]]


@dataclass(slots=True)
class Join:
    """The answers so far, by (collection, id): what a post carries of it, or a status instead."""

    answers: dict[Key, Answer] = field(default_factory=dict)
    waiting: dict[Key, list[Waiting]] = field(default_factory=lambda: defaultdict(list))
    held: int = 0

    def add(self, post: Post, references: Sequence[Reference]) -> Iterator[Complete]:
        """Take a post in; yield it at once if all that it carries is known."""
        keys = {key for reference in references for key in reference.keys} - self.answers.keys()
        waiting = Waiting(post, references, len(keys))
        if not keys:
            yield self._complete(waiting)
            return
        self.held += 1
        for key in keys:
            self.waiting[key].append(waiting)

    def answer(self, key: Key, answer: Answer) -> Iterator[Complete]:
        """Note an answer and yield the posts that waited for nothing else."""
        self.answers[key] = answer
        for waiting in self.waiting.pop(key, ()):
            waiting.unanswered -= 1
            if not waiting.unanswered:
                self.held -= 1
                yield self._complete(waiting)

    def _complete(self, waiting: Waiting) -> Complete:
        targets = []
        for reference in waiting.references:
            answers = [self.answers[key] for key in reference.keys]
            _attach(waiting.post, reference, answers)
            status = reference.told or _status(answers)
            waiting.post.relations.append(
                Relation(rel=reference.edge.rel, href=reference.href, status=status)
            )
            targets.append(reference.ids or _members(answers))
        return Complete(waiting.post, waiting.references, targets)


def _attach(post: Post, reference: Reference, answers: Sequence[Answer]) -> None:
    """Put what a link leads to where the post carries it."""
    edge = reference.edge
    if edge.rel == "wp:featuredmedia":
        image = answers[0] if answers else None
        post.image = cast("FeaturedImage", image) if isinstance(image, dict) else None
    elif edge.rel == "author":
        post.authors = _authors(post, reference, answers)
    elif edge.rel == "wp:term" and edge.taxonomy in POST_FIELDS:
        setattr(post, POST_FIELDS[edge.taxonomy], _names(reference.ids, answers))
    elif edge.rel == "wp:term":
        post.terms[edge.taxonomy] = _names(reference.ids, answers)


def _authors(post: Post, reference: Reference, answers: Sequence[Answer]) -> list[Name]:
    """Return the authors: those of the byline, each as the site's user where it is one."""
    users = _names(reference.ids, answers)
    bylines = (list(answer.names) for answer in answers if isinstance(answer, Byline))
    told = next(bylines, post.authors)
    known = {user["id"]: user for user in users if user["name"]}
    return [known.get(name["id"], name) for name in told] or users


def _names(ids: Sequence[int], answers: Sequence[Answer]) -> list[Name]:
    told = [answer.known if isinstance(answer, Withheld) else answer for answer in answers]
    names = {answer["id"]: cast("Name", answer) for answer in told if isinstance(answer, dict)}
    return [names.get(id_) or Name(id=id_, name=None, slug=None, url=None) for id_ in ids]


def _members(answers: Sequence[Answer]) -> tuple[int, ...]:
    return tuple(id_ for answer in answers if isinstance(answer, Members) for id_ in answer.ids)


def _status(answers: Sequence[Answer]) -> Status:
    """Return what became of a link: its first target that failed decides; `empty` without any."""
    for answer in answers:
        if isinstance(answer, Withheld):
            return answer.status
        if isinstance(answer, str):
            return answer
    return "empty" if all(answer == Members() for answer in answers) else "resolved"
