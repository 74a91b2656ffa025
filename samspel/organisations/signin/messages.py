"""What a page says of what has just been done, by the names that allauth gives it."""

from django.utils.translation import gettext_lazy as _

# Not here, and so not said: what the next page shows anyway (signed in, a code was sent).
SAID = {
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("The address could not be confirmed: it is in use already."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("The password is changed."),
    "account/messages/password_set.txt": _("The password is set."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is added."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes. Keep them where you can find them."),
    "socialaccount/messages/account_connected.txt": _("You can now sign in with it."),
    "socialaccount/messages/account_connected_other.txt": _("That sign-in belongs to another account."),
    "socialaccount/messages/account_disconnected.txt": _("You can no longer sign in with it."),
}
