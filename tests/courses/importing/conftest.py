from __future__ import annotations

import pytest

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
