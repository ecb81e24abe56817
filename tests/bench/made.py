"""Makes the texts of the benchmarks: the seeds again and again, and dumps of news of which one in a hundred tells of migration."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NEWS = {
    "en": """The town council said on Monday that {n} schools would open before the winter, at a cost of {m} million euros.
The team lost {s} to {s} in front of {k} spectators, its third defeat in {s} matches.
Shares in the company fell by {p} % after it said that sales had come to {m} million in the first quarter of {y}.
Heavy rain closed the road between the two valleys for {s} days, and {n} households were without power.
The minister told reporters that the law would be put to a vote in {y}, once the committee has heard all sides.
Doctors at the hospital saw {n} patients a day in March, against {n} a year before, the manager said.
A court sentenced the former mayor to {s} years for taking money from a builder who had won {s} contracts.
The film sold {k} tickets in its opening week, more than any other this year, according to the distributor.""",
    "fr": """Le conseil municipal a annoncé lundi que {n} écoles ouvriraient avant l'hiver, pour un coût de {m} millions d'euros.
L'équipe s'est inclinée {s} à {s} devant {k} spectateurs, sa troisième défaite en {s} rencontres.
L'action de la société a cédé {p} % après l'annonce d'un chiffre d'affaires de {m} millions au premier trimestre {y}.
De fortes pluies ont coupé la route entre les deux vallées pendant {s} jours, et {n} foyers étaient sans courant.
Le ministre a précisé que le texte serait soumis au vote en {y}, une fois la commission saisie de tous les avis.
Les médecins de l'hôpital ont reçu {n} patients par jour en mars, contre {n} un an plus tôt, selon la direction.
Le tribunal a condamné l'ancien maire à {s} ans de prison pour avoir favorisé un entrepreneur dans {s} marchés.
Le film a vendu {k} billets la première semaine, plus que tout autre cette année, d'après le distributeur.""",
    "es": """El ayuntamiento anunció el lunes que {n} escuelas abrirán antes del invierno, con un coste de {m} millones de euros.
El equipo perdió por {s} a {s} ante {k} espectadores, su tercera derrota en {s} partidos.
Las acciones de la empresa cayeron un {p} % tras anunciar ventas de {m} millones en el primer trimestre de {y}.
Las lluvias cortaron la carretera entre los dos valles durante {s} días, y {n} hogares quedaron sin luz.
El ministro explicó que la ley se votará en {y}, cuando la comisión haya oído a todas las partes.
Los médicos del hospital atendieron a {n} pacientes al día en marzo, frente a {n} un año antes, según la dirección.
El tribunal condenó al antiguo alcalde a {s} años por favorecer a un constructor en {s} contratos.
La película vendió {k} entradas en su primera semana, más que ninguna otra este año, según la distribuidora.""",
    "ar": """أعلن المجلس البلدي يوم الاثنين أن {n} مدرسة ستفتح أبوابها قبل الشتاء بكلفة {m} مليون يورو.
خسر الفريق بنتيجة {s} مقابل {s} أمام {k} متفرج، وهي هزيمته الثالثة في {s} مباريات.
تراجع سهم الشركة بنسبة {p} % بعد أن أعلنت مبيعات بقيمة {m} مليون في الربع الأول من {y}.
قطعت الأمطار الغزيرة الطريق بين الواديين {s} أيام، وبقي {n} منزلا دون كهرباء.
قال الوزير إن القانون سيعرض على التصويت سنة {y} بعد أن تستمع اللجنة إلى الجميع.
فحص أطباء المستشفى {n} مريضا في اليوم خلال مارس مقابل {n} قبل سنة، حسب الإدارة.
حكمت المحكمة على رئيس البلدية السابق بالسجن {s} سنوات في قضية {s} صفقات.
باع الفيلم {k} تذكرة في أسبوعه الأول، أكثر من أي فيلم آخر هذا العام، وفق الموزع.""",
}
MIGRATION = {
    "en": "In {y} the navy rescued {k} migrants at sea and {n} boats were seized, the ministry said.",
    "fr": "En {y}, la marine a secouru {k} migrants en mer et {n} embarcations ont été saisies, selon le ministère.",
    "es": "En {y} la marina rescató a {k} migrantes en el mar e incautó {n} embarcaciones, según el ministerio.",
    "ar": "وفي سنة {y} أنقذت البحرية {k} مهاجر في عرض البحر وحجزت {n} قارب، حسب الوزارة.",
}
SENTENCES = 20
OF_ALL = 100
"""One document in so many tells of migration."""
MEGA = 1_000_000


def dense(count: int) -> list[str]:
    """The seeds, again and again."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [texts[number % len(texts)] for number in range(count)]


def news() -> Iterator[str]:
    """News without end, in four languages by turns."""
    chance = random.Random(1)
    languages = [(name, text.split("\n")) for name, text in NEWS.items()]
    for number in range(1 << 62):
        name, sentences = languages[number // OF_ALL % len(languages)]
        rows = [_fill(chance.choice(sentences), chance) for _ in range(SENTENCES)]
        if number % OF_ALL == OF_ALL // 2:
            rows.insert(3, _fill(MIGRATION[name], chance))
        yield " ".join(rows[:7]) + "\n" + " ".join(rows[7:])


def _fill(sentence: str, chance: random.Random) -> str:
    return sentence.format(
        n=chance.randint(12, 900), m=chance.randint(2, 90), s=chance.randint(2, 9), y=chance.randint(2014, 2025),
        p=chance.randint(11, 49) / 10, k=f"{chance.randint(1, 40)}{chance.randint(100, 999)}",
    )  # fmt: skip


def write_dump(path: Path, texts: Iterator[str] | list[str], megabytes: float | None = None) -> Path:
    """Write texts as JSON Lines, all of them or so many megabytes."""
    size = 0
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            line = json.dumps({"id": f"d{number}", "text": text}, ensure_ascii=False) + "\n"
            stream.write(line)
            size += len(line.encode())
            if megabytes is not None and size >= megabytes * MEGA:
                break
    return path


def sample(count: int) -> list[str]:
    """The first news."""
    return list(islice(news(), count))
