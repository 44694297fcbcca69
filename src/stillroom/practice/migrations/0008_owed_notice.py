import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practice', '0007_blocks'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwedNotice',
            fields=[
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='practice.client')),
                ('chart', models.CharField(max_length=26)),
                ('since', models.DateTimeField()),
            ],
        ),
    ]
