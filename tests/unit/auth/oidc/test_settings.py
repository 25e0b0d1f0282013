"""How the provider's configuration is read."""

import pytest

from service_workers.auth.oidc.settings import DomainRule, Settings

VARIABLES = {
    "OIDC_NAME": "Google",
    "OIDC_ISSUER": "https://accounts.google.com",
    "OIDC_CLIENT_ID": "id",
    "OIDC_CLIENT_SECRET": "plainly fictional",
    "OIDC_DOMAIN": "Example.Test",
    "OIDC_DOMAIN_RULE": "hd",
}


def test_the_variables_make_the_settings():
    settings = Settings.read(VARIABLES)
    assert settings is not None
    assert (settings.issuer, settings.domain) == ("https://accounts.google.com", "example.test")
    assert settings.domain_rule is DomainRule.HOSTED_DOMAIN


@pytest.mark.parametrize("name", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_without_a_client_no_provider_is_set_up(name):
    assert Settings.read(VARIABLES | {name: ""}) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"OIDC_DOMAIN": ""},
        {"OIDC_DOMAIN_RULE": ""},
        {"OIDC_DOMAIN_RULE": "anyone"},
        {"OIDC_ISSUER": ""},
        {"OIDC_ISSUER": "http://accounts.google.com"},
        {"OIDC_ISSUER": "https://user:word@accounts.google.com"},
    ],
)
def test_a_rule_that_would_let_anyone_in_is_no_configuration(changes):
    with pytest.raises(ValueError):
        Settings.read(VARIABLES | changes)


def test_the_secret_is_not_in_the_text_of_the_settings():
    assert "fictional" not in repr(Settings.read(VARIABLES))
