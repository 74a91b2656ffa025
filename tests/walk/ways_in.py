"""Ways in that a person has set up: a passkey, an app and recovery codes, as a device would have made them."""

import json
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

_FLAG = AuthenticatorData.FLAG
# An ES256 key in COSE's numbers (RFC 9053): no device has it, and nothing was signed with it.
_KEY = ES256({1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\2" * 32})


def set_up(person):
    """Give a person every way in."""
    passkey = {"name": "Nyckel", "passwordless": False, "credential": _credential(str(person.pk).encode())}
    Authenticator.objects.create(user=person, type="webauthn", data=passkey)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)


def _credential(raw_id):
    made = AttestedCredentialData.create(b"\0" * 16, raw_id, _KEY)
    data = AuthenticatorData.create(sha256(b"localhost").digest(), _FLAG.UP | _FLAG.UV | _FLAG.AT, 0, made)
    said = CollectedClientData.create("webauthn.create", b"challenge", "https://localhost")
    answer = AuthenticatorAttestationResponse(
        client_data=said, attestation_object=AttestationObject.create("none", data, {})
    )
    return json.loads(json.dumps(dict(RegistrationResponse(raw_id=raw_id, response=answer))))
