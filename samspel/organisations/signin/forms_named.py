"""Which of the hub's forms stands in for which of allauth's, by the names that allauth gives them."""

_HERE = "samspel.organisations.signin"

ACCOUNT = {
    "login": f"{_HERE}.forms.SignIn",
    "signup": f"{_HERE}.forms.SignUp",
    "request_login_code": f"{_HERE}.forms.AskForCode",
    "confirm_login_code": f"{_HERE}.forms.SignInCode",
    "confirm_email_verification_code": f"{_HERE}.forms.AddressCode",
    "reset_password": f"{_HERE}.forms.ForgottenPassword",
    "reset_password_from_key": f"{_HERE}.forms.PasswordByLink",
    "change_password": f"{_HERE}.forms.ChangePassword",
    "set_password": f"{_HERE}.forms.FirstPassword",
    "reauthenticate": f"{_HERE}.forms.PasswordAgain",
    "add_email": f"{_HERE}.forms.ChangeAddress",
}
SECOND_STEP = {
    "authenticate": f"{_HERE}.second_step_forms.SecondStep",
    "reauthenticate": f"{_HERE}.second_step_forms.SecondStepAgain",
    "activate_totp": f"{_HERE}.second_step_forms.AddApp",
    "add_webauthn": f"{_HERE}.second_step_forms.AddPasskey",
    "login_webauthn": f"{_HERE}.second_step_forms.SignInPasskey",
    "authenticate_webauthn": f"{_HERE}.second_step_forms.SecondStepPasskey",
    "reauthenticate_webauthn": f"{_HERE}.second_step_forms.SecondStepAgainPasskey",
    "edit_webauthn": f"{_HERE}.second_step_forms.NamePasskey",
}
PROVIDER = {"signup": f"{_HERE}.forms.AddressForProvider"}
