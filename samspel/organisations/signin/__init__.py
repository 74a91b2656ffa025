"""Signing in: password, one-time code, passkey, authenticator app, another body's sign-in, and sessions."""
