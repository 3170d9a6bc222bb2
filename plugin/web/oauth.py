"""The OAuth 2 client towards Nextcloud's app oauth2, over Authlib. It has no scopes: a token is the whole account."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749 import OAuth2Error
from requests import RequestException

from network.errors import AgainLater
from network.settings import Settings
from network.text import Text

PATIENCE = 30.0


class LoginFailed(AgainLater):
    """Nextcloud did not say who it was; to begin anew is harmless."""

    code = "login_failed"


@dataclass(frozen=True, slots=True)
class Granted:
    """Whose account it is, and a token for all of it."""

    account: str
    token: str = field(repr=False)


class NextcloudLogin:
    """`settings.service.login` has to be written."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        written = settings.service.login
        assert written is not None  # noqa: S101  # asked before a login begins
        self._base = f"{settings.nextcloud.url.rstrip('/')}/index.php/apps/oauth2"
        self._session = OAuth2Session(  # type: ignore[no-untyped-call]
            written.client_id.reveal(environment), written.client_secret.reveal(environment)
        )
        self._session.trust_env = False
        ca_file = str(settings.nextcloud.ca_file) if settings.nextcloud.ca_file else True
        self._session.verify = ca_file if settings.nextcloud.verify else False
        if proxy := settings.nextcloud.proxy:
            self._session.proxies = {"http": proxy, "https": proxy}

    def begin(self) -> tuple[str, str]:
        """Where to send the browser, and the state that it has to bring back."""
        state = secrets.token_urlsafe(32)
        address, _ = self._session.create_authorization_url(f"{self._base}/authorize", state=state)  # type: ignore[no-untyped-call]
        return str(address), state

    def exchange(self, code: str) -> Granted:
        """The account behind a code. LoginFailed when Nextcloud does not know the code, or does not answer."""
        try:
            token = self._session.fetch_token(f"{self._base}/api/v1/token", code=code, timeout=PATIENCE)  # type: ignore[no-untyped-call]
            return Granted(str(token["user_id"]), str(token["access_token"]))
        except (OAuthError, OAuth2Error, RequestException, KeyError, ValueError) as error:
            raise LoginFailed(
                Text("Nextcloud hat die Anmeldung nicht bestätigt.", "Nextcloud did not confirm the login."),
                where="service.login",
            ) from error
