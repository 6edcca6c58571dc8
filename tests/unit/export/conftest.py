"""Every test here draws, so every test has the application object."""

import pytest


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp
