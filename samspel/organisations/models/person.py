"""People with an account."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import Document, PersonalData


class PersonManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """Add a person. The address is kept in lower case: nobody has two accounts that differ by a capital."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account, known by an e-mail address."""

    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("There is already an account with this address.")}
    )
    name = models.CharField(_("name"), blank=True)
    language = models.CharField(_("language"), blank=True)

    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = PersonManager()
    personal = PersonalData(
        fields=("email", "name", "language"),
        purpose=_("To sign in, and to show those you work with who you are."),
        kept=_("Until you ask for erasure."),
        document=Document.RECORD,
    )

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once_whatever_the_case")]

    def __str__(self):
        if self.erased_at:
            return str(_("Erased person"))
        return self.name or self.email
