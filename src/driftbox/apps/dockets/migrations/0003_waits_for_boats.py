from django.db import migrations, models


class Migration(migrations.Migration):
    """Cases whose promise waits for boats are found without folding them."""

    dependencies = [
        ("dockets", "0002_case_beneficiary"),
    ]

    operations = [
        migrations.AddField(
            model_name="caserow",
            name="waits_for_boats",
            field=models.BooleanField(default=False),
        ),
    ]
