import django.db.models.deletion
import stillroom.kernel._ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0006_taken_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='paper',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='paper',
            name='looked_on',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='PaperEvent',
            fields=[
                ('id', models.CharField(default=stillroom.kernel._ids.new_id, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('content_hash', models.BinaryField()),
                ('signer', models.CharField(max_length=26)),
                ('signed_at', models.DateTimeField()),
                ('signature', models.BinaryField()),
                ('entry', models.BigIntegerField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='consent.paper')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('paper', 'number'), name='one_paper_event_a_number')],
            },
        ),
    ]
