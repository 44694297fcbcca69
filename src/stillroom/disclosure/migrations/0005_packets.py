import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0004_happened'),
    ]

    operations = [
        migrations.AddField(
            model_name='packet',
            name='bundle',
            field=models.BinaryField(default=b''),
        ),
        migrations.CreateModel(
            name='PacketDraft',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='draft', serialize=False, to='disclosure.matter')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
            ],
        ),
    ]
