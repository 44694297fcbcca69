import stillroom.kernel._ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0003_forms'),
    ]

    operations = [
        migrations.CreateModel(
            name='PrivilegeEvent',
            fields=[
                ('id', models.CharField(default=stillroom.kernel._ids.new_id, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('chart', models.CharField(max_length=26)),
                ('number', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('content_hash', models.BinaryField()),
                ('signer', models.CharField(max_length=26)),
                ('signed_at', models.DateTimeField()),
                ('signature', models.BinaryField()),
                ('entry', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chart', 'number'), name='one_privilege_event_a_number')],
            },
        ),
    ]
