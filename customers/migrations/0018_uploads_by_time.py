"""An index by which the digest of a day finds what was uploaded on it."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0017_indexes_of_the_daily_list")]
    operations = [
        AddIndexBeside(model_name="upload", index=models.Index(fields=["uploaded_at"], name="uploads_by_time")),
    ]
