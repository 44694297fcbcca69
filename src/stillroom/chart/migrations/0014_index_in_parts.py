from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chart', '0013_restricted_apart'),
    ]

    operations = [
        migrations.CreateModel(
            name='WordPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chart', models.CharField(max_length=26)),
                ('author', models.CharField(blank=True, default='', max_length=26)),
                ('number', models.PositiveSmallIntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chart', 'author', 'number'), name='one_part_a_number')],
            },
        ),
        # The counts go on, so that nothing which was sealed under an earlier one opens again.
        migrations.RunSQL('UPDATE chart_wordindex SET made = -1', migrations.RunSQL.noop),
        migrations.RemoveField(model_name='wordindex', name='sealed'),
        migrations.RemoveField(model_name='wordindex', name='pairs'),
        migrations.RemoveIndex(model_name='record', name='records_kept_apart'),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('restricted', True)), fields=['chart', 'restricted'], name='records_kept_to_some'),
        ),
    ]
