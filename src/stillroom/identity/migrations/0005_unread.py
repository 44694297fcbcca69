from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0004_readmission'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='known',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='unfamiliar',
            name='unread',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
