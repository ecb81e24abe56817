"""Arabic sentences: each figure with its indicator, and near misses that give none."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse


class Row(NamedTuple):
    """A text, and the figures that it holds: number and indicator, with the measure where it is no count."""

    name: str
    text: str
    figures: tuple[str, ...] = ()


ROWS = [
    Row("a lone number in brackets parts nothing",
        "بلغ عدد المخالفين الذين تم ضبطهم (4120) مخالفا لنظام الإقامة",
        ("4120 interceptions",)),
    Row("an act that was only meant",
        "تم ضبط 310 أشخاص خلال محاولتهم عبور الحدود، بالإضافة إلى 25 شخصا حاولوا الخروج من البلاد خلسة",
        ("310 interceptions", "25 interceptions")),
    Row("those who break other rules are no migrants",
        "سجلت إدارة المرور 1200 مخالفا خلال أسبوع وضبطت 30 مخالفا لقواعد السير"),
    Row("those who come may be guests", "أكدت وزارة السياحة وصول 1200 وافد خلال الأسبوع"),
    Row("candidates stand for election too", "قبلت هيئة الانتخابات 18 مرشحا وأوقفت 3 مرشحين"),
    Row("a count in two places", "إنقاذ عدد 08 مهاجرين قبالة السواحل", ("08 rescues",)),
    Row("digits written on to their word", "أعلن خفر السواحل مصرع17 مهاجرا", ("17 deaths",)),
    Row("a long subject behind its verb",
        "اعترضت وحدات تابعة للبحرية الملكية العاملة بالجنوب 63 مهاجرا", ("63 interceptions",)),
    Row("dual subjects have dual verbs", "اعترضتا أمس قاربين على متنهما 41 مهاجرا",
        ("قاربين boats_seized", "41 interceptions")),
    Row("a dual and its numeral are one", "تم إنقاذ مهاجرتين اثنتين قبالة السواحل", ("مهاجرتين rescues",)),
    Row("a dual and its adjective are one", "تم إنقاذ مهاجران تونسيان قبالة السواحل", ("مهاجران rescues",)),
    Row("a nationality in the dual", "تم إنقاذ 9 مهاجرين بينهم 7 سودانيين ومصريان",
        ("9 rescues", "7 rescues", "مصريان rescues")),
    Row("the number that a verb of its qualifier states",
        "عدد اللاجئين الذين غادروا لبنان إلى بلادهم خلال السنة تجاوز 52 ألفا", ("52 ألفا departures",)),
    Row("a verb behind an indefinite noun describes it", "كانت البلاد تؤوي نحو 64 ألف لاجئ هربوا من الحرب",
        ("64 ألف refugees",)),
    Row("people of mixed nationalities", "أنقذ الحرس 50 مهاجرا بينهم 21 تونسيا و29 من جنسيات إفريقية",
        ("50 rescues", "21 rescues", "29 rescues")),
    Row("prevented from entering", "منع الجيش 240 سوريا من دخول البلاد خلسة", ("240 attempts_aborted",)),
    Row("an entry foiled", "أحبط الجيش تسلل 35 مهاجرا", ("35 attempts_aborted",)),
    Row("changes in brackets",
        "سجل عدد حالات العبور غير النظامي 9000 حالة عبور. وكان أكبر انخفاض على طريق البلقان (بنسبة 47%)",
        ("9000 arrivals", "47 arrivals change")),
    Row("arrivals of the deported", "وصول 310 أشخاص تم ترحيلهم من الجزائر إلى النيجر", ("310 removals",)),
    Row("those headed by",
        "بلغ عدد اللاجئين المسجلين لدى المفوضية 9100 لاجئ، من 30 جنسية، يتصدرهم السودانيون بـ5000، ثم السوريون 2100",
        ("9100 refugees", "5000 refugees", "2100 refugees")),
    Row("victims of trafficking", "تم تحديد هوية 40 ضحية من ضحايا الاتجار بالبشر", ("40 trafficking_victims",)),
    Row("those who stormed",
        "هاجم نحو 120 مهاجرا من جنوب الصحراء، صباح اليوم، سياج مليلية، ونجح 15 منهم في دخول المدينة",
        ("120 assault_participants", "15 arrivals")),
    Row("a bare operation that was foiled, a number behind \"a number of\"",
        "في إطار مكافحة الهجرة السرية تم إحباط عدد 14 عملية، كما تم حجز عدد 17 مركبا وعدد 13 محركا",
        ("14 attempts_aborted", "17 boats_seized", "13 boats_seized")),
    Row("expatriates sent away", "الكويت تبعد 12 ألف وافد بينهم 900 مصري", ("12 ألف removals", "900 removals")),
    Row("bodies of people", "عثر الهلال الأحمر على جثث 16 مهاجرا، ثم على جثامين سبعة مهاجرين آخرين",
        ("16 deaths", "سبعة deaths")),
    Row("an attempt of people foiled", "إحباط محاولة نحو 210 أشخاص التسلل عبر الحدود", ("210 attempts_aborted",)),
    Row("a list of those who follow",
        "أوقفت السلطات 60 مهاجرا من السودان، تلتها تشاد بـ20، ثم شمال كينيا بـ10 والنيجر بـ5، وظفارا بـ3.",
        ("60 interceptions", "20 interceptions", "10 interceptions", "5 interceptions", "3 interceptions")),
    Row("brought home by their embassy", "سفارة بلادنا في طرابلس تعيد 40 مهاجرا من ليبيا", ("40 repatriations",)),
    Row("sent back by the police", "أعادت السلطات الليبية 52 مهاجرا غير شرعي إلى بلدهم", ("52 removals",)),
    Row("deported with leave of their embassies",
        "رحلت الشرطة 70 مهاجرا بعد التنسيق مع سفارات بلدانهم", ("70 removals",)),
    Row("those who were stuck come home",
        "وصل 336 مصريا كانوا عالقين في الخارج إلى مطار القاهرة", ("336 repatriations",)),
    Row("four in ten", "أبعد أربعة من كل عشرة مهاجرين", ("أربعة من كل عشرة removals share",)),
    Row("a sum that a movement states", "مجموع اللاجئين الذين عادوا من الأردن إلى بلادهم وصل إلى 1709 لاجئين",
        ("1709 departures",)),
    Row("a change on what is compared",
        "سجل دخول 300 مهاجر، بارتفاع 20%. ويمثل عددهم زيادة بنسبة 65% مقارنة بعام 2021 الذي شهد دخول 181 مهاجرا",
        ("300 arrivals", "65 arrivals change", "181 arrivals")),
    Row("right of asylum is granted", "أعطت السلطات حق اللجوء إلى 300 سوري", ("300 refugees",)),
    Row("bodies of the rest", "انتشلت فرق الإنقاذ 19 جثة لمهاجرين، ولا تزال جثامين 29 آخرين في الصحراء",
        ("19 deaths", "29 deaths")),
    Row("a list of falls by name",
        "سجل أكبر انخفاض في عبور المهاجرين على طريق غرب إفريقيا بنسبة 58%، ثم طريق غرب البلقان بنسبة 47%",
        ("58 arrivals change", "47 arrivals change")),
    Row("a share in a sentence that speaks of a fall",
        "ومع الانخفاض العام، بقي هذا الطريق أكثرها ازدحاما، إذ عبره 40% من مجموع المهاجرين الداخلين",
        ("40 arrivals share",)),
    Row("two changes of one count",
        "بلغ عدد طلبات اللجوء 12976 طلبا، بتراجع نسبته 21,5 في المائة قياسا إلى 2017 و14,2 في المائة قياسا إلى يوليو",
        ("12976 asylum_applications", "14,2 asylum_applications change")),
    Row("papers in a measured subject",
        "وصل عدد وثائق السفر المزورة التي حجزت في قضايا تهريب المهاجرين إلى 707 وثيقة", ("707 documents_seized",)),
    Row("displaced Syrians in another country", "عاد طواعية 752 نازحا سوريا من لبنان إلى بلادهم",
        ("752 voluntary_returns",)),
    Row("lives taken", "أودى غرق مركب للمهاجرين قرب سواحل الجزيرة ليلة أمس بحياة 31 شخصا", ("31 deaths",)),
]  # fmt: skip

SILENT = [
    Row("a town that is spelt like a number", "أنقذت قوات خفر السواحل المهاجرين شمال مدينة الخمس"),
    Row("people under procedures", "ضبط مخالفو نظام الإقامة، ويخضع حاليا 3200 وافد مخالف لإجراءات الترحيل"),
    Row("people moved to a centre", "نقل الجهاز 330 مهاجرا من مركز إيواء زوارة إلى مركز إيواء جنزور"),
    Row("those aboard a boat that sank", "قال المصدر إن مركبا للهجرة على متنه 44 شخصا غرق قبالة الشاطئ"),
    Row("those who lost their posts", "القرار يطيح بنحو 6000 وافد من وظائفهم"),
    Row("all at once", "هاجم المهاجرون السياج دفعة واحدة"),
    Row("a regime that fell", "عاد اللاجئون منذ الإطاحة بنظام الأسد، وعددهم في 12 مخيما"),
    Row("telephone numbers", "للإبلاغ عن مخالفي الإقامة الاتصال على (911) في الرياض، و(999) و(996) فيما عداها"),
    Row("points of a list", "1- ضبط المهاجرين\n2- ترحيل المهاجرين"),
    Row("members of an unread head", "أحيل 400 مخالف على بعثاتهم، منهم 300 رجل و100 امرأة"),
    Row("so many each day", "يعود بين 300 و400 لاجئ كل يوم"),
    Row("what survivors tell", "وقال ناجون إن حوالي 150 مهاجرا كانوا على متن الزورق"),
    Row("so many of every so many", "حالتان من كل 5 حالات دخول سجلت هناك"),
    Row("forced from their homes", "اضطر ما يزيد على 8.2 مليون شخص إلى النزوح والفرار من ديارهم"),
    Row("fewer by so many", "انخفض عدد طالبي اللجوء بما يقارب 26 ألفا عما كان عليه في عام 2017"),
    Row("a gate named by a number", "عثر على مهاجرين جنوب بوابة الـ200 قرب الحدود"),
    Row("aboard the ship that sank", "وكان زهاء 150 شخصا على متن السفينة الصغيرة التي غرقت ومعظمهم من المهاجرين"),
    Row("diggers for gold",
        "أوقفت مفارز الجيش 60 شخصا وضبطت مطارق ضغط ومولدات كهربائية تستعمل في التنقيب غير المشروع عن الذهب"),
]  # fmt: skip


def read(text: str, packs: Packs) -> tuple[str, ...]:
    """The figures of an Arabic text."""
    readings = analyse(Document("test", text, language="ar"), packs).readings
    return tuple(
        f"{text[r.number.start : r.number.end]} {r.indicator}" + (f" {r.measure}" if r.measure != "count" else "")
        for r in readings
    )


@pytest.mark.parametrize("row", [*ROWS, *SILENT], ids=lambda row: row.name)
def test_sentences(row: Row, packs: Packs) -> None:
    """Each figure is found with its indicator, and nothing else."""
    assert read(row.text, packs) == row.figures


DATED = [
    ("وفي مارس 2023 أوقف الحرس 30 مهاجرا", "30", "2023-03"),
    ("أوقف الحرس 30 مهاجرا. ومنذ 2017 عاد طوعا 900 مهاجر", "900", "2017/.."),
    ("عاد 372 مهاجرا طوعا خلال 2023، ليرتفع العدد الإجمالي منذ سنة 2004 إلى أزيد من 6000", "372", "2023"),
    ("عاد 372 مهاجرا طوعا، ليرتفع العدد الإجمالي منذ سنة 2004 إلى أزيد من 6000", "372", None),
    ("إنقاذ 1300 مهاجر\n\nأنقذ خفر السواحل خلال سنة 2022 ما مجموعه 1312 مهاجرا في عرض البحر.", "1300", "2022"),
    ("السبت , 23 نوفمبر 2024\nالثلاثاء 12 ديسمبر 2023\nأنقذ خفر السواحل اليوم 30 مهاجرا في عرض البحر.", "30",
     "2023-12-12"),
    ("وصل 95 مهاجرا خلال أبريل 2023، بانخفاض 12٪ عن مارس 2023 (108) مهاجرين.", "108", "2023-03"),
    ("وصل 95 مهاجرا خلال أبريل 2023، بانخفاض 12٪ عن مارس 2023 (108).", "108", "2023-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "period"), DATED)
def test_periods(text: str, number: str, period: str | None, packs: Packs) -> None:
    """A figure has the time that its sentence tells of it, a heading that of the same figure below."""
    readings = analyse(Document("test", text, language="ar"), packs).readings
    told = [r.period.iso if r.period else None for r in readings if text[r.number.start : r.number.end] == number]
    assert told == [period]
