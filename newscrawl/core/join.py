"""Posts wait here until every resource that they carry is answered, then leave complete."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from newscrawl.core.linkmap import Edge
from newscrawl.core.links import Link
from newscrawl.items import FeaturedImage, Name, Post, Relation, Status

Key = tuple[str, int]
Answer = Name | FeaturedImage | Status
POST_FIELDS = {"category": "categories", "post_tag": "tags"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One link of a post, the ids it leads to, and whether the crawl goes there."""

    edge: Edge
    link: Link
    ids: Sequence[int]
    followed: bool

    def targets(self) -> Iterator[Key]:
        """Yield what the post waits for on account of this link."""
        return ((self.edge.route, id_) for id_ in self.ids if self.followed)


@dataclass(slots=True, eq=False)
class Waiting:
    """A post, its references, and how many of the resources they lead to are unanswered."""

    post: Post
    references: Sequence[Reference]
    unanswered: int = 0


@dataclass(slots=True)
class Join:
    """The answers so far, by (collection, id): what a post carries of it, or a status instead."""

    answers: dict[Key, Answer] = field(default_factory=dict)
    waiting: dict[Key, list[Waiting]] = field(default_factory=lambda: defaultdict(list))
    held: int = 0

    def add(self, post: Post, references: Sequence[Reference]) -> Iterator[Post]:
        """Take a post in; yield it at once if all that it carries is known."""
        keys = {
            key for reference in references for key in reference.targets()
        } - self.answers.keys()
        waiting = Waiting(post, references, len(keys))
        if not keys:
            yield self._complete(waiting)
            return
        self.held += 1
        for key in keys:
            self.waiting[key].append(waiting)

    def answer(self, key: Key, answer: Answer) -> Iterator[Post]:
        """Note an answer and yield the posts that waited for nothing else."""
        self.answers[key] = answer
        for waiting in self.waiting.pop(key, ()):
            waiting.unanswered -= 1
            if not waiting.unanswered:
                self.held -= 1
                yield self._complete(waiting)

    def _complete(self, waiting: Waiting) -> Post:
        for reference in waiting.references:
            answers = [self.answers.get(key) for key in reference.targets()]
            _attach(waiting.post, reference, answers)
            waiting.post.relations.append(
                Relation(
                    rel=reference.link.rel,
                    href=reference.link.href,
                    status=_status(reference, answers),
                )
            )
        return waiting.post


def _attach(post: Post, reference: Reference, answers: Sequence[Answer | None]) -> None:
    """Put what a link leads to where the post carries it."""
    edge = reference.edge
    if edge.rel == "wp:featuredmedia":
        post.image = cast("FeaturedImage", answers[0]) if _resolved(answers) else None
    elif edge.rel == "author":
        post.authors = _names(reference.ids, answers)
    elif edge.rel == "wp:term" and edge.taxonomy in POST_FIELDS:
        setattr(post, POST_FIELDS[edge.taxonomy], _names(reference.ids, answers))
    elif edge.rel == "wp:term":
        post.terms[edge.taxonomy] = _names(reference.ids, answers)


def _names(ids: Sequence[int], answers: Sequence[Answer | None]) -> list[Name]:
    known = [answer for answer in answers if isinstance(answer, dict)]
    names = {answer["id"]: cast("Name", answer) for answer in known}
    return [names.get(id_) or Name(id=id_, name=None, slug=None, url=None) for id_ in ids]


def _resolved(answers: Sequence[Answer | None]) -> bool:
    return bool(answers) and isinstance(answers[0], dict)


def _status(reference: Reference, answers: Sequence[Answer | None]) -> Status:
    """Return what became of a link: its first target that failed decides; `empty` without any."""
    if not reference.followed:
        return "not followed"
    failures = [answer for answer in answers if isinstance(answer, str)]
    return failures[0] if failures else "resolved" if answers else "empty"
