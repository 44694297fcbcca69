import django.db.models.deletion
import stillroom.kernel._ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0004_privilege'),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.CharField(default=stillroom.kernel._ids.new_id, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('chart', models.CharField(db_index=True, max_length=26)),
                ('sealed', models.BinaryField()),
                ('until', models.DateField()),
                ('offered_by', models.CharField(max_length=26)),
                ('offered_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, default='', max_length=26)),
                ('paper', models.CharField(blank=True, default='', max_length=26)),
                ('noted_at', models.DateTimeField(null=True)),
                ('entry', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='OfferAnswer',
            fields=[
                ('id', models.CharField(default=stillroom.kernel._ids.new_id, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('given_by', models.CharField(max_length=26)),
                ('given_at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
                ('entry', models.BigIntegerField()),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='consent.offer')),
            ],
        ),
    ]
