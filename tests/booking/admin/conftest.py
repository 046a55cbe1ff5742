from __future__ import annotations

import pytest

from tests.factories.accounts import advisor_with_account, client_of


@pytest.fixture
def advisor():
    return advisor_with_account(name="Nora Nord")


@pytest.fixture
def client(advisor):
    return client_of(advisor.user)
