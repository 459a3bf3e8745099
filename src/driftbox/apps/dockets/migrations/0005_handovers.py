"""Who is asked to take a case, and who has ever had it; ``driftbox rebuild`` fills both for older cases."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("dockets", "0004_petitions")]

    operations = [
        migrations.AddField("caserow", "asked", models.CharField(default="", max_length=36)),
        migrations.AddField("caserow", "hands", models.TextField(default="")),
    ]
