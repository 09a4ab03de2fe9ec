"""What the tests of conduct begin with: a committee."""

import pytest

from bot.sandbox_app import Stage
from tests.chat.conduct.acting import administrator, appointed, committee


@pytest.fixture
async def stage(stage: Stage, request: pytest.FixtureRequest) -> Stage:
    """With those on the committee who have used the bot: two, one of whom is an administrator, unless the module's
    ``ON_COMMITTEE`` says otherwise.
    """
    on_it = getattr(request.module, "ON_COMMITTEE", (committee, administrator))
    await appointed(stage, *(who(stage) for who in on_it))
    return stage
