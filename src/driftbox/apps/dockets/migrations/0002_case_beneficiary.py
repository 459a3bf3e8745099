from django.db import migrations, models


class Migration(migrations.Migration):
    """The cases of one person are found without reading the table through."""

    dependencies = [
        ("dockets", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(fields=["beneficiary"], name="case_beneficiary"),
        ),
    ]
