"""Who employs customers, where, and in which jobs: employers, their worksites, and the jobs there (ILL-123).

They are a region's own. Nothing is ever deleted: what is over ends, and stays where it was chosen.
"""
