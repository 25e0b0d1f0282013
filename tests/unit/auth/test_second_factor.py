"""The rules of the second factor: codes, recovery codes, and how often one may be wrong."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_workers.auth.second_factor.domain import recovery, totp
from service_workers.auth.second_factor.domain.guessing import ALLOWANCES, locked_until

RFC_SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
SECRETS = st.binary(min_size=totp.SECRET_BYTES, max_size=totp.SECRET_BYTES)
TIMES = st.integers(totp.STEP_S * 10, 2**37)
RAW_CODES = st.binary(min_size=recovery.CODE_BYTES, max_size=recovery.CODE_BYTES)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        # RFC 6238, appendix B, SHA-1; of its eight digits the last six, which are the code of six digits.
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(at, code):
    assert totp.code_at(RFC_SECRET, at // totp.STEP_S) == code[2:]


def test_the_codes_are_those_of_rfc_4226():
    """RFC 4226, appendix D."""
    codes = [totp.code_at(RFC_SECRET, step) for step in range(10)]
    assert " ".join(codes) == "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489"


@given(SECRETS, TIMES)
def test_an_independent_library_makes_the_same_codes(secret, at):
    text = base64.b32encode(secret).decode()
    assert pyotp.TOTP(text).at(at) == totp.code_at(secret, at // totp.STEP_S)


@given(SECRETS, TIMES, st.integers(-1, 1))
def test_a_code_counts_one_step_early_and_one_late(secret, at, off):
    step = at // totp.STEP_S + off
    found = totp.accepted_step(secret, totp.code_at(secret, step), at, last_step=0)
    assert found is not None and totp.code_at(secret, found) == totp.code_at(secret, step)


@given(SECRETS, TIMES, st.sampled_from([-3, -2, 2, 3]))
def test_a_code_of_another_time_does_not_count(secret, at, off):
    code = totp.code_at(secret, at // totp.STEP_S + off)
    around = {totp.code_at(secret, at // totp.STEP_S + near) for near in (-1, 0, 1)}
    assert code in around or totp.accepted_step(secret, code, at, last_step=0) is None


@given(SECRETS, TIMES)
def test_an_accepted_code_and_those_before_never_count_again(secret, at):
    current = at // totp.STEP_S
    codes = [totp.code_at(secret, current + off) for off in (-1, 0, 1)]
    last = totp.accepted_step(secret, codes[2], at, last_step=0)
    assert all(
        totp.accepted_step(secret, code, at, last_step=max(last, current + 1)) is None for code in codes
    )


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "1 2 3 4 5 6"])
def test_a_code_may_be_typed_with_spaces(typed):
    assert totp.typed_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "-12345", "12345²"])
def test_anything_else_is_no_code(typed):
    assert totp.typed_code(typed) is None


@given(SECRETS)
def test_authenticator_apps_read_the_uri(secret):
    uri = totp.enrolment_uri(secret, "Ganger Dermatology", "pat.example@example.test")
    read = pyotp.parse_uri(uri)
    assert read.at(59) == totp.code_at(secret, 1)
    assert (read.issuer, read.name) == ("Ganger Dermatology", "pat.example@example.test")
    assert parse_qs(urlsplit(uri).query)["digits"] == ["6"]
    assert unquote(urlsplit(uri).path) == "/Ganger Dermatology:pat.example@example.test"


@given(SECRETS)
def test_the_secret_as_text_is_the_secret(secret):
    assert base64.b32decode(totp.secret_text(secret).replace(" ", "")) == secret


@given(RAW_CODES, st.binary(min_size=16, max_size=16))
def test_a_recovery_code_is_found_however_it_is_typed(raw, salt):
    code = recovery.code_text(raw)
    kept = recovery.kept(code, salt)
    for typed in (code, code.upper(), code.replace("-", " "), f" {code.replace('-', '')} "):
        assert recovery.find(recovery.typed_recovery_code(typed), [kept]) == kept


@given(st.lists(RAW_CODES, min_size=2, max_size=10, unique=True))
def test_a_recovery_code_is_not_taken_for_another(raw_codes):
    asked, *others = [recovery.code_text(raw) for raw in raw_codes]
    kept = [recovery.kept(code, b"salt") for code in others]
    assert recovery.find(recovery.typed_recovery_code(asked), kept) is None


def test_letters_that_look_like_digits_are_read_as_those():
    assert recovery.typed_recovery_code("OIL0-0000-0000-0000") == "0110000000000000"


@given(st.text(max_size=30))
def test_any_text_is_a_recovery_code_or_none(typed):
    code = recovery.typed_recovery_code(typed)
    assert code is None or len(code) == 16


def test_equal_codes_are_kept_differently():
    code = recovery.code_text(bytes(10))
    assert recovery.kept(code, b"one").digest != recovery.kept(code, b"two").digest


def minutes_ago(*minutes):
    return [NOW - timedelta(minutes=each) for each in minutes]


def test_four_wrong_codes_do_not_lock():
    assert locked_until(minutes_ago(1, 2, 3, 4), NOW) is None


def test_the_fifth_within_a_quarter_of_an_hour_locks_until_the_first_is_that_old():
    assert locked_until(minutes_ago(0, 1, 2, 3, 5), NOW) == NOW + timedelta(minutes=10)


def test_wrong_codes_of_long_ago_do_not_lock():
    assert locked_until(minutes_ago(16, 17, 18, 19, 20), NOW) is None


def test_twenty_in_a_day_lock_for_the_rest_of_it():
    slowly = minutes_ago(*range(20, 20 + 20 * 16, 16))
    assert locked_until(slowly, NOW) == slowly[-1] + timedelta(hours=24)


@given(st.lists(st.integers(0, 86_400 * 2), max_size=40))
def test_a_lock_leaves_no_more_wrong_codes_than_are_allowed(seconds_ago):
    attempts = [NOW - timedelta(seconds=each) for each in seconds_ago]
    for allowance in ALLOWANCES:
        recent = [at for at in attempts if at > NOW - allowance.within]
        assert len(recent) < allowance.wrong or locked_until(attempts, NOW) is not None
