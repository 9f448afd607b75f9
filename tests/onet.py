"""Folders of releases of O*NET, of a few made-up rows: no text of O*NET."""

from pathlib import Path

FILES = {
    "Read Me.txt": "O*NET {number} Database\nMay 2025 Release\n",
    "Occupation Data.txt": """O*NET-SOC Code\tTitle\tDescription
31-1131.00\tNursing Assistants\tThey help.
31-1131.01\tNight Nursing Assistants\tThey help by night.
51-4121.00\tWelders, Cutters, Solderers, and Brazers\t"They join ""metal""."
99-1111.00\tJob of another edition\tNobody knows.
""",
    "Alternate Titles.txt": """O*NET-SOC Code\tTitle\tAlternate Title\tShort Title\tSource(s)
31-1131.00\tNursing Assistants\tBedside Helper (BH)\tBH\t08
31-1131.00\tNursing Assistants\tBedside Helper (BH)\tn/a\t09
51-4121.00\tWelders\tSpark Maker\t\t10
""",
    "Task Statements.txt": """O*NET-SOC Code\tTask ID\tTask\tTask Type\tDate
31-1131.00\t11\tHelp people to eat.\tSupplemental\t08/2023
31-1131.00\t12\tHelp people to stand.\tCore\t08/2023
31-1131.00\t13\tWash people.\tCore\t08/2023
31-1131.00\t14\tSay good night.\t\t08/2023
""",
    "Skills.txt": """O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tRecommend Suppress
31-1131.00\t2.A.1.b\tListening\tIM\t3.88\tN
31-1131.00\t2.A.1.b\tListening\tLV\t9\tN
31-1131.00\t2.A.1.a\tReading\tIM\t4.12\tN
31-1131.00\t2.A.1.c\tWriting\tIM\t2.50\tY
""",
    "Knowledge.txt": """Element ID\tO*NET-SOC Code\tElement Name\tScale ID\tData Value\tRecommend Suppress
2.C.1.a\t31-1131.00\tPeople\tIM\t4.78\tN
""",
    "Job Zones.txt": """O*NET-SOC Code\tTitle\tJob Zone\tDate
31-1131.00\tNursing Assistants\t2\t08/2023
51-4121.00\tWelders\t3\t08/2023
""",
}
RATINGS = """O*NET-SOC Code\tTask ID\tScale ID\tCategory\tData Value\tRecommend Suppress
31-1131.00\t12\tIM\tn/a\t3.10\tN
31-1131.00\t12\tFT\t1\t90.5\tN
31-1131.00\t13\tIM\tn/a\t4.20\tN
31-1131.00\t11\tIM\tn/a\t4.90\tN
"""


def write_release(
    folder: Path, number: str = "29.3", *, without: tuple[str, ...] = (), **changed: tuple[str, str]
) -> Path:
    """`changed`: old and new words in the file of this name, without spaces."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        old, new = changed.get(name.removesuffix(".txt").replace(" ", ""), ("", ""))
        assert old in text
        said = (text.replace(old, new, 1) if old else text).replace("{number}", number)
        if name not in without:
            (folder / name).write_bytes(said.encode("utf-8", "surrogateescape"))
    return folder
