from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

import pytest

from courses.importing import apart, child
from courses.models import CourseCataloguePage, Provider
from tests.factories.courses import CourseCataloguePageFactory, ProviderFactory, TopicFactory
from tests.factories.home import new_site


@pytest.fixture
def catalogue(db: None) -> CourseCataloguePage:
    TopicFactory()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def provider(catalogue: CourseCataloguePage) -> Provider:
    return ProviderFactory()


@pytest.fixture
def apart_indeed() -> Callable[..., Any]:
    """Asked for, files are read in a process of their own."""
    return apart.listen


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """To spare a process for each file: what it would tell is told here, through JSON as well."""

    @contextmanager
    def listen(_: str, file: BinaryIO, *, seconds: float, told: Mapping[str, Any]) -> Iterator[Iterator[Any]]:
        assert seconds > 0
        yield (json.loads(json.dumps(each)) for each in child.read(json.loads(json.dumps(told)), file))

    if "apart_indeed" not in request.fixturenames:
        monkeypatch.setattr(apart, "listen", listen)
