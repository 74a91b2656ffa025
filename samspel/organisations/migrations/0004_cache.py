"""The table of the cache, which every process shares: it is no model's."""

from django.core.management import call_command
from django.db import migrations


def make(apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_details")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
