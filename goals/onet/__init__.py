"""The O*NET database of the U.S. Department of Labor, one release after the other: `manage.py import_onet FOLDER`.

The product brings none of its text. `reading` reads and checks the files of a release without the database, `importing`
writes what is new and retires what is not in it any more; `showing` is what pages say of an occupation by it.
"""
