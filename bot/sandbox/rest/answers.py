"""First answers to interactions, and everything under /webhooks that an interaction's token allows."""

from aiohttp import web

from bot.sandbox import errors
from bot.sandbox.answering import Answering
from bot.sandbox.core import Core
from bot.sandbox.interaction import Interaction
from bot.sandbox.interaction_objects import callback_json, made_message
from bot.sandbox.interactions import Interactions
from bot.sandbox.rest.endpoint import Call, Endpoints, Result
from bot.sandbox.state import CallbackType, Json

_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_MESSAGE = _WEBHOOK + "/messages/{message_id}"
_MADE_A_MESSAGE = frozenset((CallbackType.MESSAGE, CallbackType.UPDATE))


class AnswerRoutes:
    def __init__(self, core: Core, interactions: Interactions) -> None:
        self._core = core
        self._interactions = interactions
        self._answering = Answering(core, interactions)

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        return [
            *endpoints.route("POST", _CALLBACK, self.callback, authorized=False),
            *endpoints.route("POST", _WEBHOOK, self.follow_up, authorized=False),
            *endpoints.route("GET", _MESSAGE, self.get, authorized=False),
            *endpoints.route("PATCH", _MESSAGE, self.edit, authorized=False),
            *endpoints.route("DELETE", _MESSAGE, self.delete, authorized=False),
        ]

    async def callback(self, call: Call) -> Result:
        interaction = self._interactions.to_answer(call.id("interaction_id"), call.path("interaction_token"))
        self._answering.first(interaction, call.body, call.uploads)
        if not call.flag("with_response"):
            return None
        answer: Json = {"interaction": callback_json(interaction)}
        assert interaction.answered is not None
        resource: Json = {"type": int(interaction.answered)}
        if interaction.answered in _MADE_A_MESSAGE and interaction.shown:
            resource["message"] = made_message(self._core, interaction.shown)
            answer["resource"] = resource
        return answer

    async def follow_up(self, call: Call) -> Result:
        """Discord always answers as if with ``wait=true`` here."""
        message = self._answering.follow_up(self._interaction(call), call.body, call.uploads)
        return made_message(self._core, message)

    async def get(self, call: Call) -> Result:
        return made_message(self._core, self._answering.find(self._interaction(call), call.path("message_id")))

    async def edit(self, call: Call) -> Result:
        interaction = self._interaction(call)
        message = self._answering.find(interaction, call.path("message_id"))
        return made_message(self._core, self._answering.edit(interaction, message, call.body, call.uploads))

    async def delete(self, call: Call) -> Result:
        interaction = self._interaction(call)
        self._answering.delete(interaction, self._answering.find(interaction, call.path("message_id")))

    def _interaction(self, call: Call) -> Interaction:
        if call.id("webhook_id") != self._core.world.application_id:
            raise errors.unknown_webhook()
        return self._interactions.by_token(call.path("webhook_token"))
