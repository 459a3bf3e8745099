from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AgentRow",
            fields=[
                ("person", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("authorised_until", models.DateField(null=True)),
                ("revoked", models.DateField(null=True)),
                ("languages", models.JSONField(default=list)),
                ("skills", models.JSONField(default=list)),
                ("training", models.JSONField(default=list)),
                ("wheels", models.BooleanField(default=False)),
                ("boat", models.BooleanField(default=False)),
                ("away", models.CharField(blank=True, max_length=12)),
                ("away_until", models.DateField(null=True)),
                ("shifts", models.JSONField(default=list)),
                ("declared", models.JSONField(default=list)),
            ],
            options={"db_table": "agent"},
        ),
    ]
