from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('telehealth', '0002_seats'),
    ]

    operations = [
        migrations.AddField(
            model_name='room',
            name='carried',
            field=models.BooleanField(default=False),
        ),
    ]
