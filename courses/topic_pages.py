"""Where a topic is told of. The pages belong to an app above, which registers here what it knows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from courses.models import Topic


@dataclass(frozen=True, slots=True)
class TopicShown:
    """`url` is empty where the topic has no page that everybody may read."""

    name: str
    url: str


class TopicPages:
    """Before anybody registers, no topic has a page."""

    def __init__(self) -> None:
        self._source: Callable[[], Mapping[int, str]] = dict

    def register(self, source: Callable[[], Mapping[int, str]]) -> None:
        """`source` gives the addresses by the ids of topics."""
        self._source = source

    def of(self, topics: Iterable[Topic]) -> list[TopicShown]:
        addresses = self._source()
        return [TopicShown(topic.name, addresses.get(topic.pk, "")) for topic in topics]


topic_pages = TopicPages()
