"""Customers are found by words of their own table; one name is enough, and a preferred one stands beside it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_one_name_is_enough'),
        ('customers', '0002_plain_collation_of_search_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(editable=False, max_length=254)),
            ],
            options={
                'verbose_name': 'search word',
            },
        ),
        migrations.RemoveIndex(
            model_name='customer',
            name='customers_by_given_name',
        ),
        migrations.RemoveIndex(
            model_name='customer',
            name='customers_by_email',
        ),
        migrations.RemoveIndex(
            model_name='customer',
            name='customers_by_username',
        ),
        migrations.RemoveField(
            model_name='customer',
            name='given_key',
        ),
        migrations.RemoveField(
            model_name='historicalcustomer',
            name='given_key',
        ),
        migrations.AddField(
            model_name='customer',
            name='preferred_name',
            field=models.CharField(blank=True, help_text='What the customer likes to be called. Forms show the legal name.', max_length=100, verbose_name='preferred name'),
        ),
        migrations.AddField(
            model_name='historicalcustomer',
            name='preferred_name',
            field=models.CharField(blank=True, help_text='What the customer likes to be called. Forms show the legal name.', max_length=100, verbose_name='preferred name'),
        ),
        migrations.AlterField(
            model_name='customer',
            name='first_name',
            field=models.CharField(blank=True, max_length=100, verbose_name='first name'),
        ),
        migrations.AlterField(
            model_name='customer',
            name='last_name',
            field=models.CharField(blank=True, max_length=100, verbose_name='last name'),
        ),
        migrations.AlterField(
            model_name='historicalcustomer',
            name='first_name',
            field=models.CharField(blank=True, max_length=100, verbose_name='first name'),
        ),
        migrations.AlterField(
            model_name='historicalcustomer',
            name='last_name',
            field=models.CharField(blank=True, max_length=100, verbose_name='last name'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('first_name', ''), ('last_name', ''), _negated=True), name='a_customer_has_a_name', violation_error_message='Enter a first or a last name. One is enough.'),
        ),
        migrations.AddField(
            model_name='searchword',
            name='customer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer', verbose_name='customer'),
        ),
        migrations.AddIndex(
            model_name='searchword',
            index=models.Index(fields=['word', 'customer'], name='customers_by_word'),
        ),
        migrations.AddConstraint(
            model_name='searchword',
            constraint=models.UniqueConstraint(fields=('customer', 'word'), name='a_word_of_a_customer_is_kept_once'),
        ),
    ]
