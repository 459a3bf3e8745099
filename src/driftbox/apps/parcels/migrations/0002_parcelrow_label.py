from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parcels', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='parcelrow',
            name='label',
            field=models.CharField(db_index=True, default='', max_length=64),
        ),
    ]
