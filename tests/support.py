"""Small helpers of the tests."""

from typing import TypeVar

T = TypeVar("T")


def there(value: T | None) -> T:
    """A value that must not be missing; a test that meets None fails here, which is its purpose."""
    assert value is not None
    return value
