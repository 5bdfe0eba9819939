"""The arguments of the spider `wordpress`, checked before the first request."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from newscrawl.core.plan import BROUGHT_BY, EVERY_RELATION, FOLLOWED, JOINED, KINDS, Plan
from newscrawl.spiders.words import (
    EXAMPLE,
    Time,
    Types,
    Urls,
    Words,
    choice,
    chosen,
    switch,
    url_of,
)

RUNNER_ARGUMENTS = frozenset({"_job"})  # scrapyd gives every spider the id of its job
LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # BCP 47, as far as sites use it


class WordPressArguments(BaseModel):
    """What `-a NAME=VALUE` may say to the spider `wordpress`."""

    model_config = ConfigDict(extra="forbid")

    site: Urls = Field((), description="any address of a site; several with commas")
    sites: Path | None = Field(None, description="a text file: one address a line, # comments")
    types: Types = Field(("post",), description="post types by slug or rest_base, or all")
    follow: Annotated[tuple[str, ...], choice(FOLLOWED, "none")] = Field(
        JOINED, description="relations that are followed"
    )
    items: Annotated[tuple[str, ...], choice(KINDS)] = Field(
        ("posts",), description="kinds of items that are written"
    )
    after: Time = Field(None, description="published at or after this time")
    before: Time = Field(None, description="published before this time")
    categories: Words = Field((), description="by slug or id")
    tags: Words = Field((), description="by slug or id")
    authors: Words = Field((), description="by slug or id")
    search: str | None = Field(None, description="words that the site searches for")
    lang: str | None = Field(None, pattern=LANGUAGE_TAG, description="language, such as en")
    limit: int | None = Field(None, ge=1, description="the newest N posts, then stop")
    store: str | None = Field(
        None, min_length=1, description="a store: the crawl tells what changed, and can be resumed"
    )
    same_as: str | None = Field(None, description="the host that the site had before it moved")
    raw: Annotated[bool, BeforeValidator(switch)] = Field(
        default=False, description="yes keeps each resource's original JSON"
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_the_runner_out(cls, values: Any) -> Any:  # noqa: ANN401 - pydantic's raw input
        if isinstance(values, Mapping):
            return {k: v for k, v in values.items() if k not in RUNNER_ARGUMENTS}
        return values

    @model_validator(mode="after")
    def _has_a_site(self) -> "WordPressArguments":
        if self.sites:
            self.site += tuple(map(url_of, _lines(self.sites)))
        self.site = tuple(dict.fromkeys(self.site))
        if not self.site:
            raise ValueError(f"site: no site was given; add -a site={EXAMPLE}")
        if self.after and self.before and self.after >= self.before:
            raise ValueError("after: it must be earlier than before")
        return self

    @model_validator(mode="after")
    def _moved_one_site(self) -> "WordPressArguments":
        if self.same_as and not self.store:
            raise ValueError("same_as: it is for a store that knows the site; add -a store=…")
        if self.same_as and len(self.site) > 1:
            raise ValueError("same_as: it is of one site; crawl that one by itself")
        return self

    def plan(self, **settings: Any) -> Plan:  # noqa: ANN401 - fields of a Plan
        """Return the plan that these arguments ask for, completed by what the settings say."""
        return Plan(
            types=self.types,
            relations=self._relations(),
            kinds=chosen(self.items, KINDS),
            after=self.after,
            before=self.before,
            categories=self.categories,
            tags=self.tags,
            authors=self.authors,
            search=self.search,
            lang=self.lang,
            raw=self.raw,
            limit=self.limit,
            same_as=self.same_as,
            **settings,
        )

    def _relations(self) -> frozenset[str]:
        """Return the relations to follow: those that were named, and what brings the kinds."""
        every = {EVERY_RELATION} if self.follow == ("all",) else set()
        brought = (BROUGHT_BY.get(kind, ()) for kind in chosen(self.items, KINDS))
        return chosen(self.follow, FOLLOWED).union(every, *brought)

    @classmethod
    def complaint(cls, arguments: Mapping[str, str]) -> str | None:
        """Return what is wrong with arguments in one line that names the first, None if nothing."""
        try:
            cls.model_validate(arguments)
        except ValidationError as error:
            return _line(error, cls.model_fields)
        return None


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows' Notepad writes a BOM
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"sites: {path} cannot be read: {error}") from None
    return [line for raw in text.splitlines() if (line := raw.partition("#")[0].strip())]


def _line(error: ValidationError, known: Mapping[str, object]) -> str:
    first = error.errors()[0]
    name = ".".join(map(str, first["loc"][:1]))
    if first["type"] == "extra_forbidden":
        return f"{name}: there is no such argument; there are {', '.join(known)}"
    message = str(first["msg"]).removeprefix("Value error, ")
    if name and first["type"] != "value_error":
        message = f"{first['input']!r}: {message[:1].lower()}{message[1:]}"
    return f"{name}: {message}" if name else message
